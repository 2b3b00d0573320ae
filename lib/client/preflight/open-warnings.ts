import type { PreflightReport, PreflightRow } from '@/lib/domain/preflight/report'

/** Warnings whose very fact has not been acknowledged: the same row with another fact counts as new. */
export function openWarnings(report: PreflightReport, acknowledged: Readonly<Record<string, string>>): PreflightRow[] {
  return report.rows.filter((row) => row.verdict === 'warn' && acknowledged[row.id] !== row.fact)
}
