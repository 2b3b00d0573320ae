import 'server-only'
import type { DraftView } from '@/lib/domain/imports/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { toDraftView } from './draft-row'

/** One's own, the latest first. */
export async function listDrafts(ctx: Context, actor: Actor): Promise<DraftView[]> {
  requirePermission(actor, 'imports.create')
  const drafts = await ctx.db.importDraft.findMany({
    where: { ownerId: actor.personId },
    orderBy: { updatedAt: 'desc' },
    take: 50,
  })
  return drafts.map(toDraftView)
}
