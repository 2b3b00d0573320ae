import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ExpectedValue } from '@/lib/domain/reviews/expected-value'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { beginOperation } from '../operations/begin-operation'
import { takeDecision } from './approval'
import { inAct } from './in-act'
import type { LoadedImport } from './load-import'
import { expectedText, isSymmetric } from './read-expected'
import { claimImport, stepImport } from './step-import'

export interface BegunEnable {
  operationId: string
  startedAt: Date
  actBefore: Date
  /** ISO date: the tag `reviewed`. */
  reviewed: string
}

/** One PATCH; for a check value two more calls, the last of which begins within the first call's time or not at all. */
const CALLS = { symmetric: 2, asymmetric: 1 } as const

/** Transaction 1: approval, intent and status `enabling`, all or nothing, before anything is sent. */
export async function beginEnable(
  ctx: Context,
  actor: Actor,
  decision: { loaded: LoadedImport; reason: string; expected: ExpectedValue },
): Promise<Result<BegunEnable, ServiceError>> {
  const { loaded, reason, expected } = decision
  const { row, connection, version } = loaded
  const frozenSha256 = row.frozenSha256
  if (frozenSha256 === null) return err({ code: 'not-waiting' })
  const startedAt = ctx.clock()
  const reviewed = startedAt.toISOString().slice(0, 10)
  return inAct(ctx, async (tx) => {
    if (!(await claimImport(tx, row))) return err({ code: 'not-waiting' })
    const operation = await beginOperation(ctx, tx, {
      id: ctx.newId(),
      kind: 'enable_key',
      connection,
      keyName: row.keyName,
      keyVersion: version,
      actor,
      facts: { reference: row.reference, reviewed, frozenSha256 },
      calls: isSymmetric(row) ? CALLS.symmetric : CALLS.asymmetric,
      importId: row.id,
    })
    const compared = { by: expected.kind, value: expectedText(expected) }
    const decided = { importId: row.id, importerId: row.importerId }
    const approval = await takeDecision(ctx, tx, {
      actor,
      decided,
      decision: 'approve',
      reason,
      frozenSha256,
      compared,
    })
    await stepImport(tx, { id: row.id, from: 'awaiting_review', to: 'enabling', revision: row.revision })
    await appendEvent(tx, {
      type: 'review.approved',
      phase: 'noted',
      at: ctx.clock(),
      actor,
      connection,
      keyName: row.keyName,
      keyVersion: version,
      operationId: operation.id,
      importId: row.id,
      details: {
        reason,
        frozenSha256,
        comparedBy: compared.by,
        comparedValue: compared.value,
        approvalId: approval.id,
      },
    })
    return ok({ operationId: operation.id, startedAt, actBefore: approval.actBefore, reviewed })
  })
}
