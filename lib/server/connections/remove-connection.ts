import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { inAct } from '../reviews/in-act'
import { hasOpenWork } from './open-work'

/** Takes a vault off the console; its keys stay where they are, and the record keeps its name. */
export async function removeConnection(
  ctx: Context,
  actor: Actor,
  input: { connectionId: string; typedName: string },
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'connections.manage')
  if (!permitted.ok) return permitted
  return inAct(ctx, async (tx) => {
    const connection = await tx.connection.findFirst({ where: { id: input.connectionId, removedAt: null } })
    if (!connection) return err({ code: 'not-found' })
    if (input.typedName !== connection.name) {
      return err({ code: 'invalid-input', fields: { typedName: 'Type the name exactly as it is.' } })
    }
    if (await hasOpenWork(tx, connection.id)) {
      const message = 'Acts or reviews on this vault are still open. Decide them first.'
      return err({ code: 'conflict', message })
    }
    const at = ctx.clock()
    await tx.connection.update({ where: { id: connection.id }, data: { removedAt: at } })
    const { url, kind } = connection
    await appendEvent(tx, { type: 'connection.removed', phase: 'noted', at, actor, connection, details: { url, kind } })
    return ok(undefined)
  })
}
