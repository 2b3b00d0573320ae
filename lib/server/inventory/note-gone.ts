import 'server-only'
import type { DeletedKeyListing, KeyListing } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'

interface Listings {
  /** When the listing began: what was written later is newer than the listing. */
  startedAt: Date
  listed: readonly KeyListing[]
  /** null: the deleted could not be listed. */
  deleted: readonly DeletedKeyListing[] | null
}

/**
 * Names that are neither listed nor listed as deleted are purged. Where the deleted can't be listed, all that is known
 * is that the name is gone: it counts as deleted.
 */
export async function noteGone(
  ctx: Context,
  connection: ConnectionRow,
  { startedAt, listed, deleted }: Listings,
): Promise<void> {
  const present = [...listed, ...(deleted ?? [])].map(({ name }) => name)
  const gone = { connectionId: connection.id, name: { notIn: present }, refreshedAt: { lt: startedAt }, purgedAt: null }
  const at = ctx.clock()
  if (deleted) await ctx.db.keyRecord.updateMany({ where: gone, data: { purgedAt: at, refreshedAt: at } })
  else
    await ctx.db.keyRecord.updateMany({ where: { ...gone, deletedAt: null }, data: { deletedAt: at, refreshedAt: at } })
}
