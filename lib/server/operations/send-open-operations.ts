import 'server-only'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'

const AT_MOST = 1_000

type Needs = Pick<Context, 'db' | 'jobs' | 'clock'>

interface OpenOperation {
  id: string
  deadlineAt: Date
}

/** At boot: every open intent gets a job again, whatever became of its own. A second job for one finds nothing to do. */
export async function sendOpenOperations(ctx: Needs): Promise<number> {
  const open = await ctx.db.operation.findMany({
    where: { status: { in: ['pending', 'indeterminate'] } },
    select: { id: true, deadlineAt: true },
    orderBy: { startedAt: 'asc' },
    take: AT_MOST,
  })
  return send(ctx, open)
}

/** How long after its deadline an intent without a waiting job is forgotten, not just being asked about. */
const FORGOTTEN_AFTER_MS = 10_000

/**
 * From time to time: open intents past their deadline for which no job waits. Their job died with the console that ran
 * it, or failed until its queue gave up (a database that was away for long).
 */
export async function sendForgottenOperations(ctx: Needs): Promise<number> {
  const before = new Date(ctx.clock().getTime() - FORGOTTEN_AFTER_MS)
  const forgotten = await ctx.db.$queryRaw<OpenOperation[]>`
    SELECT id, deadline_at AS "deadlineAt" FROM operation
     WHERE status IN ('pending', 'indeterminate') AND deadline_at < ${before} AND NOT EXISTS (
       SELECT FROM pgboss.job WHERE name = 'reconcile-operation' AND state IN ('created', 'retry')
         AND data ->> 'operationId' = operation.id::text)
     ORDER BY started_at LIMIT ${AT_MOST}`
  return send(ctx, forgotten)
}

async function send(ctx: Needs, operations: readonly OpenOperation[]): Promise<number> {
  await inTransaction(ctx.db, async (tx) => {
    for (const { id, deadlineAt } of operations) {
      const startAfter = later(deadlineAt, ctx.clock())
      await ctx.jobs.send(tx, 'reconcile-operation', { operationId: id }, { startAfter })
    }
  })
  return operations.length
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
