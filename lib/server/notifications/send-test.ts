import 'server-only'
import type { ChannelName } from '@/lib/domain/notifications/delivery'
import type { Notice } from '@/lib/domain/notifications/notice'
import type { TestOutcome } from '@/lib/domain/notifications/views'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { permit } from '../permit'
import type { Senders } from './channels'
import { LEASE_MS } from './claim-deliveries'
import { attemptDelivery } from './deliver'

/** One test by each channel that is set, to whoever asks, and how each went. Recorded before it leaves, and delivered like any notice. */
export async function sendTest(
  ctx: Context,
  actor: Actor,
  { senders, publicUrl }: { senders: Senders; publicUrl: string },
): Promise<Result<{ outcomes: TestOutcome[] }, ServiceError>> {
  const permitted = permit(actor, 'notifications.test')
  if (!permitted.ok) return permitted
  const channels = Object.keys(senders) as ChannelName[] // keys of Partial<Record<ChannelName, …>>
  if (channels.length === 0) return err({ code: 'not-found', message: 'Neither mail nor a webhook is set.' })
  const claimed = await claimTest(ctx, actor, channels)
  const outcomes = await Promise.all(
    claimed.map(async (delivery) => {
      const { error } = await attemptDelivery({ ctx, senders, publicUrl }, delivery)
      return { channel: delivery.channel, error }
    }),
  )
  return ok({ outcomes })
}

/** Claimed as it is made, so that no console's round sends it too; with its event. */
async function claimTest(ctx: Context, actor: Actor, channels: readonly ChannelName[]) {
  const at = ctx.clock()
  const noticeId = ctx.newId()
  const notice = { kind: 'test', facts: { testId: noticeId, personId: actor.personId } } satisfies Notice
  const rows = channels.map((channel) => ({ id: ctx.newId(), channel }))
  await inTransaction(ctx.db, async (tx) => {
    await tx.notification.create({
      data: {
        id: noticeId,
        ...notice,
        about: `test:${noticeId}`,
        raisedAt: at,
        settledAt: at,
        deliveries: {
          create: rows.map((row) => ({
            ...row,
            status: 'waiting',
            attempts: 1,
            lastAttemptAt: at,
            nextAttemptAt: new Date(at.getTime() + LEASE_MS),
          })),
        },
      },
    })
    const details = { channels: [...channels] }
    await appendEvent(tx, { type: 'notification.tested', phase: 'noted', at, actor, details })
  })
  return rows.map((row) => ({ ...row, ...notice, attempts: 1, noticeId, raisedAt: at }))
}
