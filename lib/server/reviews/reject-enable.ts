import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { DecideRequestInput } from '@/lib/domain/reviews/views'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { expectDecider, markActed, takeDecision } from './approval'
import type { DecideEnableOutput } from './approve-requested'
import { checkReason } from './check-reason'
import { inAct } from './in-act'
import { loadDecidableEnable } from './load-enable-request'

/** Whatever was asked for, the key stays as it is; nothing is sent to the vault. */
export async function rejectEnable(
  ctx: Context,
  actor: Actor,
  input: DecideRequestInput,
): Promise<Result<DecideEnableOutput, ServiceError>> {
  const decidable = await loadDecidableEnable(ctx, actor, input)
  if (!decidable.ok) return decidable
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const { row, connection } = decidable.value
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const { count } = await tx.enableRequest.updateMany({
      where: { id: row.id, status: 'awaiting_review', revision: row.revision },
      data: { status: 'rejected', decidedAt: at, revision: { increment: 1 } },
    })
    if (count !== 1) return err({ code: 'not-waiting' })
    const decided = { enableRequestId: row.id, requesterId: row.requesterId, importerId: row.importerId }
    const { frozenSha256 } = row
    const deciding = { actor, decided, connectionId: connection.id, askedAt: row.requestedAt }
    const allowed = await expectDecider(tx, deciding)
    if (!allowed.ok) return allowed
    const taking = { actor, decided, decision: 'reject', reason: reason.value, frozenSha256, last: true } as const
    await takeDecision(ctx, tx, taking)
    await markActed(ctx, tx, { enableRequestId: row.id }, 'reject')
    await appendEvent(tx, {
      type: 'review.rejected',
      phase: 'noted',
      at,
      actor,
      connection,
      keyName: row.keyName,
      keyVersion: row.keyVersion,
      enableRequestId: row.id,
      details: { asks: row.act, reason: reason.value, frozenSha256 },
    })
    return ok({ status: 'rejected' })
  })
}
