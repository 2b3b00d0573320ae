import 'server-only'
import type { KekRow } from '@/lib/domain/keks/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { toKekRows } from './kek-row'

/** Every KEK of every connected vault, the newest first. */
export async function listKeks(ctx: Context, actor: Actor): Promise<KekRow[]> {
  requirePermission(actor, 'keks.read')
  const keks = await ctx.db.kek.findMany({
    where: { connection: { removedAt: null } },
    include: { connection: true },
    orderBy: { createdAt: 'desc' },
  })
  return toKekRows(ctx, keks)
}
