import type { PreflightVerdict } from '@/lib/domain/preflight/report'

export interface Tally {
  pass: number
  warn: number
  fail: number
  pending: number
  total: number
}

export function tallyOf(rows: readonly { verdict: PreflightVerdict }[]): Tally {
  const count = (verdict: PreflightVerdict) => rows.filter((row) => row.verdict === verdict).length
  return {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    pending: count('pending'),
    total: rows.length,
  }
}

/** "12 of 31 checks passed, 1 failed, 2 warnings, 3 waiting": what is none is not said. */
export function tallyWords(tally: Tally): string {
  const parts = [
    `${tally.pass} of ${tally.total} checks passed`,
    tally.fail > 0 ? `${tally.fail} failed` : '',
    tally.warn > 0 ? `${tally.warn} ${tally.warn === 1 ? 'warning' : 'warnings'}` : '',
    tally.pending > 0 ? `${tally.pending} waiting` : '',
  ]
  return parts.filter(Boolean).join(', ')
}
