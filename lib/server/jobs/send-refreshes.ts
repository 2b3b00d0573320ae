import 'server-only'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'

/** Asks for a round over every live vault; a vault whose round waits already gets no second one. */
export async function sendRefreshes(ctx: Pick<Context, 'db' | 'jobs'>): Promise<void> {
  const connections = await ctx.db.connection.findMany({ where: { removedAt: null }, select: { id: true } })
  await inTransaction(ctx.db, async (tx) => {
    for (const { id } of connections) await ctx.jobs.send(tx, 'refresh-connection', { connectionId: id })
  })
}
