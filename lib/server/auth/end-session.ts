import 'server-only'
import { appendEvent } from '../audit/append-event'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'

/** Ends a session at once; a second time changes and records nothing. */
export async function endSession(ctx: Pick<Context, 'db' | 'clock'>, sessionId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const endedAt = ctx.clock()
    const { count } = await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt } })
    if (count === 0) return
    const { person } = await tx.session.findUniqueOrThrow({ where: { id: sessionId }, include: { person: true } })
    const actor = { personId: person.id, name: person.name, sessionId }
    await appendEvent(tx, { type: 'session.ended', phase: 'noted', at: endedAt, actor, details: {} })
  })
}
