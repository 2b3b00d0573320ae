import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { noteInIndex } from '../operations/note-in-index'
import { recordPolicy } from '../releases/policy-snapshots'
import type { HeldKey } from '../reviews/requested-work'

/** Older versions that are looked at there and then; the inventory's rounds see to the rest. */
const OLDER_AT_ONCE = 10

/**
 * What was set is seen by us, on the latest version; which of the older ones took it over nobody documents, so they are
 * read. The outcome stands whatever comes of it: what can't be read or written here is seen by the next round.
 */
export async function notePolicySet(ctx: Context, held: HeldKey): Promise<void> {
  await noteInIndex(ctx, { ...held, policySeenBy: 'own-change' })
  try {
    await readOlder(ctx, held)
  } catch (error) {
    if (!(error instanceof ProviderError)) logFailure(error, { where: 'index', requestId: held.connection.id })
  }
}

async function readOlder(ctx: Context, { connection, key }: HeldKey): Promise<void> {
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
  for (const { version } of older) {
    const { value } = await ctx.provider(connection).getKey(key.name, version)
    await recordPolicy(ctx, { connection, key: value, seenBy: 'own-change' })
  }
}
