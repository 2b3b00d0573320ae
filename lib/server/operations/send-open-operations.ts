import 'server-only'
import type { Context } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { OPEN } from './is-open'

const AT_MOST = 1_000

/** Jobs that one transaction sends: its time does not grow with what a long trouble has left open. */
const AT_ONCE = 100

type Needs = Pick<Context, 'db' | 'jobs' | 'clock'>

interface OpenOperation {
  id: string
  deadlineAt: Date
}

/** At boot: every open intent gets a job again, whatever became of an earlier one. A second job for one finds nothing to do. */
export async function sendOpenOperations(ctx: Needs): Promise<number> {
  const open = await ctx.db.operation.findMany({
    where: { status: OPEN },
    select: { id: true, deadlineAt: true },
    orderBy: { startedAt: 'asc' },
    take: AT_MOST,
  })
  for (let at = 0; at < open.length; at += AT_ONCE) {
    await inTransaction(ctx.db, (tx) => send(ctx, tx, open.slice(at, at + AT_ONCE)))
  }
  return open.length
}

/** How often every console looks, and so how far ahead: a job is there when the deadline comes. */
export const LOOK_EVERY_MS = 5_000

/** A job said to run for longer has died with its console: it asks a vault a few questions, each with its timeout. */
const DEAD_AFTER_S = 30

/**
 * From time to time: a job for each open intent at its deadline that none waits for. Nearly all intents have ended long
 * before; the others' runner has died or given up, or their job died with the console that ran it, or failed until its
 * queue gave up (a database that was away for long).
 */
export async function sendDueOperations(ctx: Needs): Promise<number> {
  let sent = 0
  while ((await findDue(ctx, ctx.db)).length > 0 && sent < AT_MOST) {
    sent += await inTransaction(ctx.db, async (tx) => {
      const due = await findDue(ctx, tx) // here once more: of two consoles that look at once one sends
      await send(ctx, tx, due)
      return due.length
    })
  }
  return sent
}

/** Whether a job waits to ask about this intent. */
export async function isAskedAbout(tx: Transaction, operationId: string): Promise<boolean> {
  const waiting = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = 'reconcile-operation' AND state IN ('created', 'retry') AND data ->> 'operationId' = ${operationId}
     LIMIT 1`
  return waiting.length > 0
}

function findDue({ clock }: Needs, tx: Context['db'] | Transaction): Promise<OpenOperation[]> {
  const ahead = new Date(clock().getTime() + LOOK_EVERY_MS)
  return tx.$queryRaw<OpenOperation[]>`
    SELECT id, deadline_at AS "deadlineAt" FROM operation
     WHERE status IN ('pending', 'indeterminate') AND deadline_at < ${ahead} AND NOT EXISTS (
       SELECT FROM pgboss.job WHERE name = 'reconcile-operation' AND data ->> 'operationId' = operation.id::text
         AND (state IN ('created', 'retry')
           OR (state = 'active' AND started_on > now() - make_interval(secs => ${DEAD_AFTER_S}::int))))
     ORDER BY started_at LIMIT ${AT_ONCE}`
}

async function send(ctx: Needs, tx: Transaction, operations: readonly OpenOperation[]): Promise<void> {
  for (const { id, deadlineAt } of operations) {
    const startAfter = later(deadlineAt, ctx.clock())
    await ctx.jobs.send(tx, 'reconcile-operation', { operationId: id }, { startAfter })
  }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
