import 'server-only'
import type { KnownEnvironment } from '@/lib/domain/releases/history/evaluation-views'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { raiseAlarm } from '../../alarms/raise-alarm'
import type { Context } from '../../context'
import type { ReleaseEvidence } from '../../db/generated/client'
import type { Transaction } from '../../db/transaction'
import type { EvaluatedRecord } from './evaluate-record'
import { knownEnvironment } from './known-environment'
import { tellEnvironment } from './tell-environment'

/** Writes what an evaluation came to; a divergence that nobody was told of is told of in the same transaction. */
export async function saveEvaluation(
  ctx: Context,
  tx: Transaction,
  { record, evidence, evaluated }: { record: LogRecordView; evidence: ReleaseEvidence; evaluated: EvaluatedRecord },
): Promise<void> {
  const { digest } = record
  const environment = knownEnvironment(evaluated.token)
  const before = await tx.releaseEvaluation.findUnique({ where: { digest } })
  const data = { evidenceId: evidence.id, ...columnsOf(evaluated, environment), evaluatedAt: ctx.clock() }
  await tx.releaseEvaluation.upsert({ where: { digest }, create: { digest, ...data }, update: data })
  const isNews = evaluated.verdict === 'diverges' && before?.verdict !== 'diverges' && !evaluated.saidBefore
  if (isNews) await tell(ctx, tx, record, evidence, evaluated)
  // What was evaluated before environments were is no news.
  if (before?.evidenceId !== evidence.id) await tellEnvironment(ctx, tx, record, environment)
}

function columnsOf({ verdict, expected, policyThen }: EvaluatedRecord, { sha256, ...environment }: KnownEnvironment) {
  return {
    ...{ verdict, expected, environment, environmentSha256: sha256 },
    policySha256: policyThen.known === 'policy' ? policyThen.sighting.policySha256 : null,
    changedFrom: policyThen.known === 'changed-between' ? policyThen.from : null,
    changedTo: policyThen.known === 'changed-between' ? policyThen.to : null,
  }
}

async function tell(
  ctx: Context,
  tx: Transaction,
  { connectionId, connectionName, keyName, keyVersion, decision, digest }: LogRecordView,
  { tokenSha256 }: ReleaseEvidence,
  { expected }: EvaluatedRecord,
): Promise<void> {
  if (connectionId === null || keyName === null) return
  await raiseAlarm(ctx, tx, {
    kind: 'release-diverged',
    connection: { id: connectionId, name: connectionName ?? '' },
    ...{ keyName, keyVersion },
    facts: { record: digest, decision, expected, tokenSha256 },
  })
}
