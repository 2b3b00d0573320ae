import 'server-only'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { raiseAlarm } from '../../alarms/raise-alarm'
import type { Context } from '../../context'
import type { ReleaseEvidence } from '../../db/generated/client'
import type { Transaction } from '../../db/transaction'
import type { EvaluatedRecord } from './evaluate-record'

/** Writes what an evaluation came to; a divergence that nobody was told of is told of in the same transaction. */
export async function saveEvaluation(
  ctx: Context,
  tx: Transaction,
  { record, evidence, evaluated }: { record: LogRecordView; evidence: ReleaseEvidence; evaluated: EvaluatedRecord },
): Promise<void> {
  const { digest } = record
  const before = await tx.releaseEvaluation.findUnique({ where: { digest } })
  const data = { evidenceId: evidence.id, ...columnsOf(evaluated), evaluatedAt: ctx.clock() }
  await tx.releaseEvaluation.upsert({ where: { digest }, create: { digest, ...data }, update: data })
  const isNews = evaluated.verdict === 'diverges' && before?.verdict !== 'diverges' && !evaluated.saidBefore
  if (isNews) await tell(ctx, tx, record, evidence, evaluated)
}

function columnsOf({ verdict, expected, policyThen }: EvaluatedRecord) {
  return {
    verdict,
    expected,
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
