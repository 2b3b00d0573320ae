import 'server-only'
import type { TargetFacts } from '@/lib/domain/imports/views'
import { ProviderError, type VaultProvider } from '@/lib/providers/port'
import { listOrNone } from './find-own-version'

export type NameState = TargetFacts['nameState']

/** Whether a name is free, used or soft-deleted, asked of the vault now. Never throws for a vault that can't tell. */
export async function readNameState(provider: VaultProvider, name: string): Promise<NameState> {
  try {
    const [versions, deleted] = await Promise.all([listOrNone(provider, name), provider.getDeletedKey(name)])
    const newest = versions.toSorted((a, b) => createdAt(b) - createdAt(a))[0]
    if (newest) return { state: 'in_use', versions: versions.length, latestEnabled: newest.attributes.enabled }
    if (!deleted.value) return { state: 'free' }
    const { scheduledPurgeAt, recoveryLevel } = deleted.value
    return { state: 'soft_deleted', scheduledPurgeAt: scheduledPurgeAt?.toISOString() ?? null, recoveryLevel }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { state: 'not_known', because: error.code }
  }
}

function createdAt(listing: { attributes: { createdAt: Date | null } }): number {
  return listing.attributes.createdAt?.getTime() ?? 0
}
