import 'server-only'
import { type ChannelName, type DeliveryError, nextAttemptAt } from '@/lib/domain/notifications/delivery'
import { urgencyOf } from '@/lib/domain/notifications/notice'
import { noticeWords } from '@/lib/domain/notifications/notice-words'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { log } from '../log/log'
import type { Attempt, OutgoingNotice, Senders } from './channels'
import { type ClaimedDelivery, claimDeliveries } from './claim-deliveries'
import { findRecipients } from './find-recipients'
import { giveUp } from './give-up'
import { noticePath } from './notice-path'
import { readNotice } from './read-notice'

export interface DeliveryDesk {
  ctx: Pick<Context, 'db' | 'clock'>
  senders: Senders
  /** Links stand on it. */
  publicUrl: string
}

/** Attempts made side by side. */
const AT_ONCE = 8

/**
 * Makes the attempts that are due, and records how each ended. At least once: an attempt whose outcome was not recorded
 * is made again, under the same id. Answers how many it made.
 */
export async function deliverDue(desk: DeliveryDesk): Promise<number> {
  const channels = Object.keys(desk.senders) as ChannelName[] // keys of Partial<Record<ChannelName, …>>
  if (channels.length === 0) return 0
  const claimed = await claimDeliveries(desk.ctx, channels, AT_ONCE)
  await Promise.all(claimed.map((delivery) => attemptDelivery(desk, delivery)))
  return claimed.length
}

export async function attemptDelivery(desk: DeliveryDesk, delivery: ClaimedDelivery): Promise<Attempt> {
  const attempt = await send(desk, delivery)
  log('info', 'delivery', {
    where: delivery.channel,
    name: delivery.kind,
    outcome: attempt.error ?? 'ok',
  })
  await record(desk.ctx, delivery, attempt)
  return attempt
}

async function send({ ctx, senders, publicUrl }: DeliveryDesk, delivery: ClaimedDelivery): Promise<Attempt> {
  const sender = senders[delivery.channel]
  const outgoing = outgoingOf(ctx, delivery, publicUrl)
  if (!sender || !outgoing) return { delivered: false, error: sender ? 'unexpected' : 'channel-not-set' }
  try {
    return await sender(outgoing)
  } catch (error) {
    logFailure(error, { where: `delivery by ${delivery.channel}`, requestId: 'none' })
    return { delivered: false, error: 'unexpected' }
  }
}

function outgoingOf(
  ctx: DeliveryDesk['ctx'],
  delivery: ClaimedDelivery,
  publicUrl: string,
): OutgoingNotice | undefined {
  const notice = readNotice(delivery)
  if (!notice) return undefined
  return {
    deliveryId: delivery.id,
    noticeId: delivery.noticeId,
    notice,
    urgency: urgencyOf(notice),
    ...noticeWords(notice),
    link: `${publicUrl}${noticePath(notice)}`,
    raisedAt: delivery.raisedAt,
    recipients: () => findRecipients(ctx, notice),
  }
}

async function record(
  ctx: DeliveryDesk['ctx'],
  { id, attempts, kind }: ClaimedDelivery,
  { delivered, error }: Attempt,
): Promise<void> {
  const at = ctx.clock()
  if (delivered) {
    await ctx.db.delivery.updateMany({
      where: { id, status: { not: 'delivered' } },
      data: { status: 'delivered', deliveredAt: at, nextAttemptAt: null, lastError: error },
    })
    return
  }
  await fail(ctx, { id, attempts, kind }, error ?? 'unexpected', at)
}

/** A test is tried once, for whoever waits for its answer. */
async function fail(
  ctx: DeliveryDesk['ctx'],
  { id, attempts, kind }: Pick<ClaimedDelivery, 'id' | 'attempts' | 'kind'>,
  error: DeliveryError,
  at: Date,
): Promise<void> {
  const next = kind === 'test' ? undefined : nextAttemptAt(attempts, at)
  if (!next) return giveUp(ctx, id, attempts, error)
  await ctx.db.delivery.updateMany({
    where: { id, status: 'waiting', attempts },
    data: { nextAttemptAt: next, lastError: error },
  })
}
