import 'server-only'
import { aboutOf, type Notice } from '@/lib/domain/notifications/notice'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { asJson, type Statements } from '../db/statements'

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

/** The same as a statement, for as many as there are. */
export function noticesStatement(ctx: Pick<Context, 'clock' | 'channels'>, notices: readonly Notice[]): Prisma.Sql {
  const at = ctx.clock()
  const rows = notices.map((notice) => ({ kind: notice.kind, about: aboutOf(notice), facts: notice.facts }))
  return Prisma.sql`
    WITH raised AS (
      INSERT INTO notification (id, kind, about, facts, raised_at)
      SELECT gen_random_uuid(), kind, about, facts, ${at}::timestamptz
        FROM jsonb_to_recordset(${asJson(rows)}::jsonb) AS notice (kind text, about text, facts jsonb)
      ON CONFLICT (about) DO NOTHING RETURNING id
    )
    INSERT INTO delivery (id, notification_id, channel, status, attempts, next_attempt_at)
    SELECT gen_random_uuid(), raised.id, channel, 'waiting', 0, ${at}::timestamptz
      FROM raised, unnest(${[...ctx.channels]}::text[]) channel`
}
