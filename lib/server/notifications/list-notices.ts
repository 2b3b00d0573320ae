import 'server-only'
import { CHANNELS, DELIVERY_ERRORS, DELIVERY_STATUSES } from '@/lib/domain/notifications/delivery'
import { urgencyOf } from '@/lib/domain/notifications/notice'
import { noticeWords } from '@/lib/domain/notifications/notice-words'
import type { DeliveryView, NoticesView, NoticeView } from '@/lib/domain/notifications/views'
import { hasPermission } from '@/lib/domain/people/permissions'
import type { Actor, Context } from '../context'
import { type Delivery, type Notification, Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { kindsSeenBy } from '../proposals/may-see'
import { noticePath } from './notice-path'
import { readNotice } from './read-notice'
import { stillSo } from './settle-notification'

const OPEN_SHOWN = 200
const SENT_SHOWN = 100

interface OpenRow {
  id: string
  kind: string
  facts: unknown
  raisedAt: Date
  total: number
}

/** What needs somebody now, the gravest first; and what was sent, newest first, for whom that concerns. */
export async function listNotices(ctx: Context, actor: Actor): Promise<NoticesView> {
  requirePermission(actor, 'notices.read')
  const [rows, sent] = await Promise.all([
    readOpen(ctx, actor),
    hasPermission(actor.roles, 'notifications.read') ? readSent(ctx) : null,
  ])
  return { open: rows.flatMap(toNotice), openTotal: rows[0]?.total ?? 0, sent, channels: ctx.channels }
}

/** A proposal is shown to those who may read its kind. */
function readOpen(ctx: Context, actor: Actor): Promise<OpenRow[]> {
  return ctx.db.$queryRaw<OpenRow[]>(Prisma.sql`
    SELECT n.id, n.kind, n.facts, n.raised_at AS "raisedAt", (count(*) OVER ())::int AS total
      FROM notification n
     WHERE n.settled_at IS NULL AND n.kind <> 'test' AND (${stillSo(ctx.clock())})
       AND (n.kind <> 'proposal-waiting' OR n.facts ->> 'proposalKind' = ANY (${kindsSeenBy(actor)}::text[]))
     ORDER BY CASE n.kind WHEN 'alarm' THEN 0 WHEN 'key-expires' THEN 3 WHEN 'kek-expires' THEN 2
         WHEN 'release-denied' THEN 4 WHEN 'release-first-seen' THEN 5 WHEN 'releases-read-late' THEN 5 ELSE 1 END,
       (n.facts ->> 'expiresAt') NULLS FIRST, n.raised_at LIMIT ${OPEN_SHOWN}`)
}

function toNotice(row: OpenRow): NoticeView[] {
  const notice = readNotice(row)
  if (!notice) return []
  const { id, raisedAt } = row
  const told = { kind: notice.kind, urgency: urgencyOf(notice), path: noticePath(notice) }
  return [{ id, ...told, ...noticeWords(notice), raisedAt: raisedAt.toISOString() }]
}

async function readSent(ctx: Context): Promise<DeliveryView[]> {
  const rows = await ctx.db.delivery.findMany({
    include: { notification: true },
    orderBy: [{ notification: { raisedAt: 'desc' } }, { channel: 'asc' }],
    take: SENT_SHOWN,
  })
  return rows.flatMap(toDelivery)
}

function toDelivery({ notification, ...row }: Delivery & { notification: Notification }): DeliveryView[] {
  const notice = readNotice(notification)
  const channel = CHANNELS.find((known) => known === row.channel)
  const status = DELIVERY_STATUSES.find((known) => known === row.status)
  if (!notice || !channel || !status) return []
  return [
    {
      id: row.id,
      kind: notice.kind,
      subject: noticeWords(notice).subject,
      raisedAt: notification.raisedAt.toISOString(),
      channel,
      status,
      attempts: row.attempts,
      lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
      nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
      deliveredAt: row.deliveredAt?.toISOString() ?? null,
      lastError: DELIVERY_ERRORS.find((known) => known === row.lastError) ?? null,
    },
  ]
}
