import 'server-only'
import type { KeyListing } from '@/lib/providers/port'

interface Indexed {
  enabled: boolean | null
  notBefore: Date | null
  expiresAt: Date | null
  vaultUpdatedAt: Date | null
  tags: unknown
  refreshedAt: Date
}

/** A vault's `updated` has whole seconds: what we read within this of it may have changed again unseen. */
const TOO_CLOSE_MS = 3_000

/** Whether a listing says something that the index does not, so that the key must be read again. */
export function differsFromIndex(listing: KeyListing, indexed: Indexed | undefined): boolean {
  if (!indexed || listing.attributes.updatedAt === null || indexed.vaultUpdatedAt === null) return true
  const { attributes } = listing
  const updatedAt = attributes.updatedAt?.getTime() ?? 0
  return (
    updatedAt !== indexed.vaultUpdatedAt.getTime() ||
    indexed.refreshedAt.getTime() - updatedAt < TOO_CLOSE_MS ||
    attributes.enabled !== indexed.enabled ||
    attributes.notBefore?.getTime() !== indexed.notBefore?.getTime() ||
    attributes.expiresAt?.getTime() !== indexed.expiresAt?.getTime() ||
    !sameTags(listing.tags, indexed.tags)
  )
}

function sameTags(listed: Record<string, string>, indexed: unknown): boolean {
  const sorted = (tags: object) => JSON.stringify(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)))
  return typeof indexed === 'object' && indexed !== null && sorted(listed) === sorted(indexed)
}
