import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { noteEnabledOutside } from '../reviews/enabled-outside'
import { recordVersion } from './record-version'

/**
 * Versions that wait for a review, or ended without being enabled, are looked at one by one: a listing shows only the
 * latest version of a name. One that is enabled was enabled past Drawbridge.
 */
export async function watchReviews(ctx: Context, connection: ConnectionRow): Promise<void> {
  const rows = await ctx.db.import.findMany({
    where: {
      connectionId: connection.id,
      keyVersion: { not: null },
      status: { in: ['awaiting_review', 'rejected', 'substituted'] },
    },
  })
  for (const row of rows) {
    if (row.keyVersion === null) continue
    const key = await readVersion(ctx, connection, row.keyName, row.keyVersion)
    if (!key?.attributes.enabled) continue
    const outside = await noteEnabledOutside(ctx, { row, connection, version: row.keyVersion })
    if (outside) await recordVersion(ctx, { connection, key })
  }
}

async function readVersion(ctx: Context, connection: ConnectionRow, name: string, version: string) {
  try {
    return (await ctx.provider(connection).getKey(name, version)).value
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') return null
    throw error
  }
}
