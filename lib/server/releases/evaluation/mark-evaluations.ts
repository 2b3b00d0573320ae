import 'server-only'
import type { EvaluationMark } from '@/lib/domain/releases/history/evaluation-views'
import { RELEASE_VERDICTS, type ReleaseVerdict } from '@/lib/domain/releases/release-verdict'
import type { Context } from '../../context'
import type { ReleaseEvaluation } from '../../db/generated/client'
import { readEnvironment } from './known-environment'

type Stored = Pick<ReleaseEvaluation, 'verdict' | 'changedFrom' | 'changedTo' | 'environmentSha256'> & {
  isOwn: boolean
  environment: unknown
}

/** What each of these rows came to, by digest; a row that nobody has a token of is not among them. */
export async function evaluationsOf(
  db: Context['db'],
  digests: readonly string[],
): Promise<ReadonlyMap<string, EvaluationMark>> {
  if (digests.length === 0) return new Map()
  const rows = await db.$queryRaw<(Stored & { digest: string })[]>`
    SELECT v.digest, v.verdict, v.changed_from AS "changedFrom", v.changed_to AS "changedTo",
           v.environment, v.environment_sha256 AS "environmentSha256", e.operation_id IS NOT NULL AS "isOwn"
      FROM release_evaluation v JOIN release_evidence e ON e.id = v.evidence_id
     WHERE v.digest = ANY(${[...digests]}::text[])`
  return new Map(rows.map((row) => [row.digest, toMark(row)]))
}

export function toMark({ verdict: stored, changedFrom, changedTo, isOwn, ...of }: Stored): EvaluationMark {
  const verdict = verdictIn(stored)
  const changed = changedFrom && changedTo ? { from: changedFrom.toISOString(), to: changedTo.toISOString() } : null
  return {
    verdict,
    source: isOwn ? 'own' : 'supplied',
    changed,
    environment: readEnvironment(of.environment, of.environmentSha256),
  }
}

export function verdictIn(stored: string): ReleaseVerdict {
  const verdict = RELEASE_VERDICTS.find((known) => known === stored)
  if (verdict === undefined) throw new Error('an evaluation in words of another version')
  return verdict
}
