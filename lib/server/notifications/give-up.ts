import 'server-only'
import type { DeliveryError } from '@/lib/domain/notifications/delivery'
import { appendEvent } from '../audit/append-event'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'

type Needs = Pick<Context, 'db' | 'clock'>

/** The end of a delivery that nobody will get, in the audit log too; only of the attempt that was last. */
export async function giveUp(ctx: Needs, id: string, attempts: number, error: DeliveryError): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const at = ctx.clock()
    const [row] = await tx.delivery.updateManyAndReturn({
      where: { id, status: 'waiting', attempts },
      data: { status: 'given-up', nextAttemptAt: null, lastError: error },
      include: { notification: { select: { kind: true, about: true } } },
    })
    if (!row) return
    await appendEvent(tx, {
      type: 'notification.given-up',
      phase: 'failed',
      at,
      actor: null,
      code: error,
      details: { channel: row.channel, kind: row.notification.kind, about: row.notification.about, attempts },
    })
  })
}

const ORPHAN_AFTER_MS = 24 * 3_600_000

/** What waits a day for a channel that this installation no longer has. */
export async function giveUpOrphans(ctx: Needs & Pick<Context, 'channels'>): Promise<void> {
  const orphans = await ctx.db.delivery.findMany({
    where: {
      status: 'waiting',
      channel: { notIn: [...ctx.channels] },
      nextAttemptAt: { lt: new Date(ctx.clock().getTime() - ORPHAN_AFTER_MS) },
    },
    select: { id: true, attempts: true },
    take: 100,
  })
  for (const { id, attempts } of orphans) await giveUp(ctx, id, attempts, 'channel-not-set')
}
