import 'server-only'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import { reconcileOperation } from './reconcile-operation'
import { isAskedAbout } from './send-open-operations'

const SOONEST_MS = 5_000
const LATEST_MS = 60_000

/**
 * The job: one question to the vault, and the next one further away, for as long as it takes. Where another job waits to ask
 * it, by a console that started again meanwhile, that one goes on.
 */
export async function reconcileAndAskAgain(ctx: Context, operationId: string): Promise<void> {
  if ((await reconcileOperation(ctx, operationId)) === 'done') return
  const operation = await ctx.db.operation.findUniqueOrThrow({ where: { id: operationId } })
  const startAfter = nextQuestion(operation.deadlineAt, ctx.clock())
  await inTransaction(ctx.db, async (tx) => {
    if (await isAskedAbout(tx, operationId)) return
    await ctx.jobs.send(tx, 'reconcile-operation', { operationId }, { startAfter })
  })
}

/** Half as long again as it has been open, between five seconds and a minute; never before the deadline. */
export function nextQuestion(deadlineAt: Date, now: Date): Date {
  if (now < deadlineAt) return deadlineAt
  const open = now.getTime() - deadlineAt.getTime()
  return new Date(now.getTime() + Math.min(LATEST_MS, Math.max(SOONEST_MS, open / 2)))
}
