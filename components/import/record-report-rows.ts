import type { CeremonyRecord } from '@/lib/domain/imports/views'
import {
  PREFLIGHT_CHECKS,
  PREFLIGHT_VERDICTS,
  type PreflightCheckId,
  type PreflightVerdict,
} from '@/lib/domain/preflight/report'
import type { ReportRow } from './preflight-report'

/** A recorded report keeps id, verdict and fact; title and group come from the table, as far as it still knows the check. */
export function recordReportRows({ preflight }: Pick<CeremonyRecord, 'preflight'>): ReportRow[] {
  return preflight.map(({ id, verdict, fact }) => {
    const check = isCheckId(id) ? PREFLIGHT_CHECKS[id] : { group: 'caller', title: id }
    return { id, fact, verdict: asVerdict(verdict), group: check.group, title: check.title }
  })
}

function isCheckId(id: string): id is PreflightCheckId {
  return Object.hasOwn(PREFLIGHT_CHECKS, id)
}

/** What is none of our verdicts is shown as one that was never reached. */
export function asVerdict(verdict: string): PreflightVerdict {
  return PREFLIGHT_VERDICTS.find((known) => known === verdict) ?? 'pending'
}
