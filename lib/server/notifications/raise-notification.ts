import 'server-only'
import { aboutOf, type Notice } from '@/lib/domain/notifications/notice'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { asJson, insertAllInto, type Statements } from '../db/statements'

/**
 * In the caller's transaction: the notice and one row on its way out for each channel that is set, or, where `about`
 * stands already, nothing. It commits with what it tells of, so that neither is without the other.
 */
export async function raiseNotification(
  ctx: Pick<Context, 'clock' | 'channels'>,
  tx: Statements,
  notice: Notice,
): Promise<void> {
  await tx.$queryRaw(noticesStatement(ctx, [notice]))
}

/** The same as a statement, for as many as there are: at least one. */
export function noticesStatement(ctx: Pick<Context, 'clock' | 'channels'>, notices: readonly Notice[]): Prisma.Sql {
  return Prisma.sql`WITH ${raising(ctx, notices)} SELECT 1`
}

/**
 * The same as parts of a WITH, for a statement that writes more than them. At least one notice. Each is a row of VALUES:
 * of rows from JSON the planner expects many, and would plan the whole statement anew each time.
 */
export function raising(ctx: Pick<Context, 'clock' | 'channels'>, notices: readonly Notice[]): Prisma.Sql {
  const at = ctx.clock()
  const rows = notices.map((notice) => ({
    id: Prisma.sql`gen_random_uuid()`,
    kind: notice.kind,
    about: aboutOf(notice),
    facts: asJson(notice.facts),
    raised_at: at,
  }))
  return Prisma.sql`
    raised AS (${insertAllInto('notification', rows)} ON CONFLICT (about) DO NOTHING RETURNING id),
    sent_out AS (
      INSERT INTO delivery (id, notification_id, channel, status, attempts, next_attempt_at)
      SELECT gen_random_uuid(), raised.id, channel, 'waiting', 0, ${at}::timestamptz
        FROM raised, unnest(${[...ctx.channels]}::text[]) channel)`
}
