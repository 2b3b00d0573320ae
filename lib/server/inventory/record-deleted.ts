import 'server-only'
import type { DeletedKeyListing } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'

/** Writes the deleted, recoverable names into the index; of one never seen before nothing but its deletion is known. */
export async function recordDeleted(
  ctx: Context,
  connection: ConnectionRow,
  deleted: readonly DeletedKeyListing[],
): Promise<void> {
  for (const { name, deletedAt, scheduledPurgeAt, recoveryLevel } of deleted) {
    const at = ctx.clock()
    const facts = { deletedAt: deletedAt ?? at, scheduledPurgeAt, recoveryLevel, purgedAt: null, refreshedAt: at }
    await ctx.db.keyRecord.upsert({
      where: { connectionId_name: { connectionId: connection.id, name } },
      create: { connectionId: connection.id, name, origin: 'unknown', tags: {}, ...facts },
      update: facts,
    })
  }
}
