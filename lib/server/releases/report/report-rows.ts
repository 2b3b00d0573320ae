import 'server-only'
import type { PolicyThenView, ReportRow } from '@/lib/domain/releases/history/report-views'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { policyAt } from '@/lib/domain/releases/policy-at'
import { EVALUATED } from '@/lib/domain/releases/release-verdict'
import type { Context } from '../../context'
import type { PolicySnapshot, ReleaseEvaluation } from '../../db/generated/client'
import { namePeople } from '../../people/name-people'
import { verdictIn } from '../evaluation/mark-evaluations'

type Stored = ReleaseEvaluation & { suppliedById: string | null; isOwn: boolean }

/** Records with what they came to, and with the policy of their instant. */
export async function toReportRows(
  db: Context['db'],
  records: readonly LogRecordView[],
  sightings: readonly PolicySnapshot[],
): Promise<ReportRow[]> {
  const stored = await db.$queryRaw<Stored[]>`
    SELECT v.digest, v.evidence_id AS "evidenceId", v.verdict, v.expected, v.policy_sha256 AS "policySha256",
           v.changed_from AS "changedFrom", v.changed_to AS "changedTo", v.evaluated_at AS "evaluatedAt",
           e.supplied_by_id AS "suppliedById", e.operation_id IS NOT NULL AS "isOwn"
      FROM release_evaluation v JOIN release_evidence e ON e.id = v.evidence_id
     WHERE v.digest = ANY(${records.map(({ digest }) => digest)}::text[])`
  const nameOf = await namePeople(
    db,
    stored.map(({ suppliedById }) => suppliedById),
  )
  const byDigest = new Map(stored.map((row) => [row.digest, row]))
  return records.map((record) => {
    const evaluation = byDigest.get(record.digest)
    const policy = policyOf(record, evaluation, sightings)
    if (!evaluation) return { record, evaluation: null, policy }
    const { isOwn, suppliedById, evaluatedAt } = evaluation
    const suppliedBy = isOwn ? null : nameOf(suppliedById)
    return {
      ...{ record, policy },
      evaluation: { verdict: verdictIn(evaluation.verdict), suppliedBy, at: evaluatedAt.toISOString() },
    }
  })
}

/** An evaluated row's is the one that it was evaluated by; every other's what was seen before and after it. */
function policyOf(
  { at, keyVersion }: LogRecordView,
  evaluation: Stored | undefined,
  sightings: readonly PolicySnapshot[],
): PolicyThenView {
  if (evaluation?.policySha256 && EVALUATED.some((verdict) => verdict === evaluation.verdict))
    return { known: 'policy', sha256: evaluation.policySha256 }
  const ofVersion = sightings.filter((each) => keyVersion === null || each.keyVersion === keyVersion)
  const then = policyAt(ofVersion, new Date(at))
  if (then.known === 'policy') return { known: 'policy', sha256: then.sighting.policySha256 }
  return then.known === 'nothing' ? then : { ...then, from: then.from.toISOString(), to: then.to.toISOString() }
}
