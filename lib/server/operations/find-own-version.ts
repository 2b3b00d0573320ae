import 'server-only'
import { type KeyListing, ProviderError, type VaultProvider } from '@/lib/providers/port'

/** The tag by which a version tells whose intent made it. */
export const INTENT_TAG = 'drawbridge'

export type OwnVersion = { state: 'found'; version: string } | { state: 'none' } | { state: 'soft-deleted' }

/**
 * Asks the vault whether an intent reached it: that name's versions, and the one that carries the intent's id.
 * Throws `ProviderError` when the vault can't be asked.
 */
export async function findOwnVersion(provider: VaultProvider, name: string, operationId: string): Promise<OwnVersion> {
  const versions = await listOrNone(provider, name)
  const own = versions.find(({ tags, version }) => tags[INTENT_TAG] === operationId && version !== null)
  if (own?.version) return { state: 'found', version: own.version }
  if (versions.length > 0) return { state: 'none' }
  const deleted = await provider.getDeletedKey(name)
  return deleted.value ? { state: 'soft-deleted' } : { state: 'none' }
}

/** Vaults differ: a name that was never used has an empty list, or is not found. */
export async function listOrNone(provider: VaultProvider, name: string): Promise<KeyListing[]> {
  try {
    return (await provider.listVersions(name)).value
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') return []
    throw error
  }
}
