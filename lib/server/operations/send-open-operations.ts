import 'server-only'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'

const AT_MOST = 1_000

/** At boot: every open intent gets a job again, whatever became of its own. A second job for one finds nothing to do. */
export async function sendOpenOperations(ctx: Pick<Context, 'db' | 'jobs' | 'clock'>): Promise<number> {
  const open = await ctx.db.operation.findMany({
    where: { status: { in: ['pending', 'indeterminate'] } },
    select: { id: true, deadlineAt: true },
    orderBy: { startedAt: 'asc' },
    take: AT_MOST,
  })
  await inTransaction(ctx.db, async (tx) => {
    for (const { id, deadlineAt } of open) {
      await ctx.jobs.send(
        tx,
        'reconcile-operation',
        { operationId: id },
        { startAfter: later(deadlineAt, ctx.clock()) },
      )
    }
  })
  return open.length
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
