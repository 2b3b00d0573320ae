import 'server-only'
import { TOLD_BY_LOG_DAYS } from '@/lib/domain/notifications/notice'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'

const DAYS_OF_THE_NEXT = Prisma.sql`CASE n.facts ->> 'days' WHEN '30' THEN 7 WHEN '7' THEN 1 ELSE 0 END`

/** Of the notification `n`: the instant after which it is over, its expiry or the instant of the nearer notice. */
const endsAfter = (column: Prisma.Sql, now: Date) => Prisma.sql`
  ${column} = (n.facts ->> 'expiresAt')::timestamptz
  AND ${column} > ${now}::timestamptz + make_interval(days => ${DAYS_OF_THE_NEXT})`

const isRecent = (now: Date) =>
  Prisma.sql`n.raised_at > ${now}::timestamptz - make_interval(days => ${TOLD_BY_LOG_DAYS}::int)`

/**
 * Of a row `n` of `notification`: what it tells of still needs somebody. Said by the tables of the thing itself, so that
 * nothing has to remember to take a notice back, and what a screen shows as open is open.
 */
export const stillSo = (now: Date) => Prisma.sql`CASE n.kind
  WHEN 'review-waiting' THEN
    EXISTS (SELECT FROM import i WHERE i.id = (n.facts ->> 'importId')::uuid
      AND i.status IN ('awaiting_review', 'enabling', 'rejecting'))
    OR EXISTS (SELECT FROM enable_request e WHERE e.id = (n.facts ->> 'enableRequestId')::uuid
      AND e.status IN ('awaiting_review', 'enabling'))
  WHEN 'proposal-waiting' THEN EXISTS (SELECT FROM proposal p WHERE p.id = (n.facts ->> 'proposalId')::uuid
    AND p.status = 'waiting' AND p.expires_at > ${now}::timestamptz)
  WHEN 'alarm' THEN EXISTS (SELECT FROM alarm a WHERE a.id = (n.facts ->> 'alarmId')::uuid
    AND a.acknowledged_at IS NULL)
  WHEN 'kek-expires' THEN EXISTS (SELECT FROM kek k JOIN connection c ON c.id = k.connection_id
    WHERE k.id = (n.facts ->> 'kekId')::uuid AND k.status = 'active' AND c.removed_at IS NULL
      AND ${endsAfter(Prisma.sql`k.expires_at`, now)})
  WHEN 'key-expires' THEN EXISTS (SELECT FROM key_record k JOIN connection c ON c.id = k.connection_id
    WHERE k.connection_id = (n.facts ->> 'connectionId')::uuid AND k.name = n.facts ->> 'keyName'
      AND k.enabled AND k.deleted_at IS NULL AND k.purged_at IS NULL AND c.removed_at IS NULL
      AND ${endsAfter(Prisma.sql`k.expires_at`, now)})
  WHEN 'connection-silent' THEN EXISTS (SELECT FROM connection c JOIN connection_health h ON h.connection_id = c.id
    WHERE c.id = (n.facts ->> 'connectionId')::uuid AND c.removed_at IS NULL AND h.state = 'not_answering'
      AND coalesce(h.last_answer_at, c.created_at) = (n.facts ->> 'since')::timestamptz)
  WHEN 'operation-indeterminate' THEN EXISTS (SELECT FROM operation o
    WHERE o.id = (n.facts ->> 'operationId')::uuid AND o.status = 'indeterminate')
  WHEN 'release-denied' THEN ${isRecent(now)}
  WHEN 'release-first-seen' THEN ${isRecent(now)}
  WHEN 'releases-read-late' THEN ${isRecent(now)}
  ELSE false END`

/**
 * Marks what is over, and keeps from being sent what is no longer worth a word; what came back (a key enabled again
 * before its expiry) is open again, and not told twice. An alarm is sent whatever became of it: that somebody was quick to
 * acknowledge it is no reason for the others not to know.
 */
export async function settleNotifications(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = ctx.clock()
  const still = stillSo(now)
  await ctx.db.$executeRaw(Prisma.sql`
    WITH settled AS (
      UPDATE notification n SET settled_at = ${now}::timestamptz
       WHERE n.settled_at IS NULL AND NOT (${still}) RETURNING n.id, n.kind
    )
    UPDATE delivery d SET status = 'not-needed', next_attempt_at = NULL
      FROM settled WHERE d.notification_id = settled.id AND settled.kind NOT IN ('alarm', 'test')
       AND d.status = 'waiting'`)
  await ctx.db.$executeRaw(Prisma.sql`
    UPDATE notification n SET settled_at = NULL
     WHERE n.settled_at > ${now}::timestamptz - interval '31 days' AND n.kind IN ('kek-expires', 'key-expires') AND ${still}`)
}
