import 'server-only'
import type { ImportStatus } from '@/lib/domain/imports/status'
import type { Context } from '../context'
import type { LoadedImport } from './load-import'

/** Ended without being enabled: what it left in the vault serves nobody. */
const ENDED: readonly ImportStatus[] = ['rejected', 'substituted', 'failed']

/** What our own record says: ended, and the name is there only because of this import. */
export function mayEverBeDeleted({ row }: Pick<LoadedImport, 'row'>): boolean {
  return row.createdName && ENDED.includes(row.status)
}

/** Asks the vault whether the import's version is still the only one of its name. Throws `ProviderError`. */
export async function isOnlyVersion(ctx: Context, { row, connection, version }: LoadedImport): Promise<boolean> {
  const { value: versions } = await ctx.provider(connection).listVersions(row.keyName)
  return versions.length === 1 && versions[0]?.version === version
}
