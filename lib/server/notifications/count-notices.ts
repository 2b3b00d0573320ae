import 'server-only'
import { countedFor } from '@/lib/domain/notifications/who-is-told'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { stillSo } from './settle-notification'

/**
 * How many notices concern this reader that no other place of the console counts. Of `noticed` some may be open (see
 * Standing): where none of them is for this reader, the database is not asked.
 */
export async function countNotices(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Pick<Actor, 'roles'>,
  noticed: readonly string[],
): Promise<number> {
  const kinds = countedFor(actor.roles).filter((kind) => noticed.includes(kind))
  if (kinds.length === 0) return 0
  const statement = Prisma.sql`
    SELECT count(*)::int AS count FROM notification n
     WHERE n.settled_at IS NULL AND n.kind = ANY (${kinds}::text[]) AND (${stillSo(ctx.clock())})`
  const [row] = await readRows<{ count: number }>(ctx.db, statement)
  return row?.count ?? 0
}
