import 'server-only'
import type { ChannelName } from '@/lib/domain/notifications/delivery'
import type { Context } from '../context'

/** Longer than any attempt lasts: what was claimed and has no outcome by then is due again, for whichever console. */
export const LEASE_MS = 120_000

export interface ClaimedDelivery {
  id: string
  channel: ChannelName
  /** This attempt included. */
  attempts: number
  noticeId: string
  kind: string
  facts: unknown
  raisedAt: Date
}

/**
 * Takes what is due, alarms first, in one statement: of two consoles only one gets a row, and the attempt is counted
 * before it is made, so that one that a crash cut short is on record and is made again.
 */
export function claimDeliveries(
  ctx: Pick<Context, 'db' | 'clock'>,
  channels: readonly ChannelName[],
  atMost: number,
): Promise<ClaimedDelivery[]> {
  const now = ctx.clock()
  return ctx.db.$queryRaw<ClaimedDelivery[]>`
    WITH due AS (
      SELECT d.id FROM delivery d JOIN notification n ON n.id = d.notification_id
       WHERE d.status = 'waiting' AND d.next_attempt_at <= ${now}::timestamptz
         AND d.channel = ANY (${[...channels]}::text[])
       ORDER BY (n.kind = 'alarm') DESC, d.next_attempt_at LIMIT ${atMost} FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE delivery d SET attempts = d.attempts + 1, last_attempt_at = ${now}::timestamptz,
      next_attempt_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz
     FROM due, notification n WHERE d.id = due.id AND n.id = d.notification_id
    RETURNING d.id, d.channel, d.attempts, n.id AS "noticeId", n.kind, n.facts, n.raised_at AS "raisedAt"`
}
