import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import type { DecideEnableOutput } from './approve-requested'
import { inAct } from './in-act'
import { ASKED_EVENTS } from './insert-request'
import { loadEnableRequest } from './load-enable-request'

/** Takes one's own request back while it waits, whatever it asks for. */
export async function withdrawEnable(
  ctx: Context,
  actor: Actor,
  input: { enableRequestId: string },
): Promise<Result<DecideEnableOutput, ServiceError>> {
  const permitted = permit(actor, 'keys.request-enable')
  if (!permitted.ok) return permitted
  const loaded = await loadEnableRequest(ctx.db, input.enableRequestId)
  if (!loaded) return err({ code: 'not-found' })
  const { row, connection } = loaded
  if (row.requesterId !== actor.personId) {
    return err({ code: 'not-permitted', message: 'Only the officer who asked can withdraw the request.' })
  }
  return inAct(ctx, async (tx) => {
    const at = ctx.clock()
    const { count } = await tx.enableRequest.updateMany({
      where: { id: row.id, status: 'awaiting_review' },
      data: { status: 'withdrawn', decidedAt: at, revision: { increment: 1 } },
    })
    if (count !== 1) return err({ code: 'not-waiting' })
    await appendEvent(tx, {
      type: ASKED_EVENTS[row.act],
      phase: 'refused',
      at,
      actor,
      connection,
      keyName: row.keyName,
      keyVersion: row.keyVersion,
      enableRequestId: row.id,
      code: 'withdrawn',
      details: {},
    })
    return ok({ status: 'withdrawn' })
  })
}
