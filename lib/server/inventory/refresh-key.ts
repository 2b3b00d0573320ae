import 'server-only'
import { type KeyListing, ProviderError, type ReadOptions } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { noteFoundKek } from '../keks/note-found-kek'
import { differsFromIndex } from './differs-from-index'
import { recordVersion } from './record-version'

/** Reads one name's versions afresh and writes what changed into the index. Throws `ProviderError`. */
export async function refreshKey(
  ctx: Context,
  connection: ConnectionRow,
  name: string,
  options: ReadOptions & { alwaysRead?: string | undefined } = {},
): Promise<void> {
  const provider = ctx.provider(connection)
  const [{ value: latest }, { value: versions }] = await Promise.all([
    provider.getKey(name, undefined, options),
    provider.listVersions(name, options),
  ])
  await recordVersion(ctx, { connection, key: latest, isLatest: true })
  await noteFoundKek(ctx, connection, latest)
  const stale = await staleVersions(ctx, connection, name, versions)
  const wanted = new Set([...stale, ...(options.alwaysRead ? [options.alwaysRead] : [])])
  wanted.delete(latest.version)
  for (const version of wanted) {
    const { value } = await provider.getKey(name, version, options)
    await recordVersion(ctx, { connection, key: value, isLatest: false })
    await noteFoundKek(ctx, connection, value)
  }
}

async function staleVersions(
  ctx: Context,
  connection: ConnectionRow,
  name: string,
  listed: readonly KeyListing[],
): Promise<string[]> {
  const known = await ctx.db.keyVersion.findMany({ where: { keyRecord: { connectionId: connection.id, name } } })
  const byVersion = new Map(known.map((version) => [version.version, version]))
  return listed
    .filter((listing) => listing.version !== null && differsFromIndex(listing, byVersion.get(listing.version)))
    .flatMap((listing) => listing.version ?? [])
}

/** True when a vault says that it holds no such key; anything else is for the caller. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'key-not-found'
}
