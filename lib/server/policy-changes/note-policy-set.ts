import 'server-only'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { noteInIndex } from '../operations/note-in-index'
import { recordPolicy } from '../releases/policy-snapshots'

/** Older versions that are looked at there and then; the inventory's rounds see to the rest. */
const OLDER_AT_ONCE = 10

/**
 * What was set is seen by us, on the latest version; which of the older ones took it over nobody documents, so they are
 * read. What can't be read here is seen by the next round.
 */
export async function notePolicySet(ctx: Context, connection: ConnectionRow, key: VaultKey): Promise<void> {
  await noteInIndex(ctx, { connection, key, policySeenBy: 'own-change' })
  const older = await ctx.db.keyVersion.findMany({
    where: {
      exportable: true,
      version: { not: key.version },
      keyRecord: { connectionId: connection.id, name: key.name },
    },
    orderBy: { vaultCreatedAt: 'desc' },
    take: OLDER_AT_ONCE,
    select: { version: true },
  })
  try {
    for (const { version } of older) {
      const { value } = await ctx.provider(connection).getKey(key.name, version)
      await recordPolicy(ctx, { connection, key: value, seenBy: 'own-change' })
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
  }
}
