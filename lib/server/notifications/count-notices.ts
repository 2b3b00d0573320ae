import 'server-only'
import { countedFor } from '@/lib/domain/notifications/who-is-told'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { stillSo } from './settle-notification'

/** How many notices concern this reader that no other place of the console counts. */
export async function countNotices(ctx: Pick<Context, 'db' | 'clock'>, actor: Pick<Actor, 'roles'>): Promise<number> {
  const kinds = countedFor(actor.roles)
  if (kinds.length === 0) return 0
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM notification n
     WHERE n.settled_at IS NULL AND n.kind = ANY (${[...kinds]}::text[]) AND (${stillSo(ctx.clock())})`)
  return row?.count ?? 0
}
