import { arithmeticChecks } from './arithmetic-checks'
import { callerChecks } from './caller-checks'
import type { Check } from './check'
import { fileChecks } from './file-checks'
import type { PreflightInput } from './input'
import { kekChecks } from './kek-checks'
import {
  PREFLIGHT_CHECKS,
  type PreflightCheckId,
  type PreflightReport,
  type PreflightRow,
  type PreflightVerdict,
} from './report'
import { targetChecks } from './target-checks'

const checks: Record<PreflightCheckId, Check> = {
  ...fileChecks,
  ...arithmeticChecks,
  ...kekChecks,
  ...targetChecks,
  ...callerChecks,
}

// Object.keys forgets the keys' type; PREFLIGHT_CHECKS is a constant with exactly these.
const checkIds = Object.keys(PREFLIGHT_CHECKS) as PreflightCheckId[]

/** Runs every check over what is known so far. Pure: the same input gives the same report, in the browser and here. */
export function runPreflight(input: PreflightInput): PreflightReport {
  const rows: PreflightRow[] = checkIds.map((id) => ({ id, ...PREFLIGHT_CHECKS[id], ...checks[id](input) }))
  const changes = input.file?.changes ?? []
  return {
    rows,
    verdict: overallVerdict(rows),
    sentSha256: input.file?.sentSha256 ?? null,
    ...(changes.length > 0 ? { normalised: changes } : {}),
  }
}

function overallVerdict(rows: readonly PreflightRow[]): PreflightVerdict {
  const order: readonly PreflightVerdict[] = ['fail', 'pending', 'warn']
  return order.find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'pass'
}

/** The rows that an officer must acknowledge before submitting, by id. */
export const warningsOf = (report: PreflightReport): PreflightCheckId[] =>
  report.rows.filter((row) => row.verdict === 'warn').map((row) => row.id)
