import { arithmeticChecks } from './arithmetic-checks'
import { callerChecks } from './caller-checks'
import type { Check } from './check'
import { clearKeyChecks } from './clear-key-checks'
import { fileChecks } from './file-checks'
import type { PreflightInput } from './input'
import { kekChecks } from './kek-checks'
import {
  PREFLIGHT_CHECKS,
  type PreflightCheckId,
  type PreflightGroup,
  type PreflightReport,
  type PreflightRow,
  type PreflightVerdict,
  type PreflightWay,
} from './report'
import { targetChecks } from './target-checks'

const checks: Record<PreflightCheckId, Check> = {
  ...fileChecks,
  ...arithmeticChecks,
  ...kekChecks,
  ...clearKeyChecks,
  ...targetChecks,
  ...callerChecks,
}

// Object.keys forgets the keys' type; PREFLIGHT_CHECKS is a constant with exactly these.
const checkIds = Object.keys(PREFLIGHT_CHECKS) as PreflightCheckId[]

const WAYS_OF_GROUP = {
  file: ['blob'],
  arithmetic: ['blob'],
  kek: ['blob'],
  key: ['jwk'],
  target: ['blob', 'jwk'],
  caller: ['blob', 'jwk'],
} as const satisfies Record<PreflightGroup, readonly PreflightWay[]>

/** Checks of the target that ask about a blob, its tool, or the service that takes it. */
const OF_BLOBS_ONLY: readonly PreflightCheckId[] = ['target-cloud', 'target-luna', 'target-vendor']

function applies(id: PreflightCheckId, way: PreflightWay): boolean {
  const ways: readonly PreflightWay[] = WAYS_OF_GROUP[PREFLIGHT_CHECKS[id].group]
  return ways.includes(way) && !(way === 'jwk' && OF_BLOBS_ONLY.includes(id))
}

/** The checks of a way, in the order in which an officer reads them. */
export const checksOf = (way: PreflightWay): PreflightCheckId[] => checkIds.filter((id) => applies(id, way))

/** Runs every check of its way over what is known so far. Pure: the same input gives the same report, in the browser and here. */
export function runPreflight(input: PreflightInput): PreflightReport {
  const rows: PreflightRow[] = checksOf(input.way ?? 'blob').map((id) => ({
    id,
    ...PREFLIGHT_CHECKS[id],
    ...checks[id](input),
  }))
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
