import 'server-only'
import { keyState } from '@/lib/domain/keys/key-state'
import type { KeyVersionView } from '@/lib/domain/keys/views'
import type { KeyRecord, KeyVersion } from '../db/generated/client'

/** What a version's row on the key's page is made of, beside the version itself. */
export interface VersionSurroundings {
  record: Pick<KeyRecord, 'latestVersion' | 'deletedAt' | 'purgedAt'>
  now: Date
  nameOf: (id: string | null) => string
  imports: ReadonlyMap<string, NonNullable<KeyVersionView['import']>>
}

export function toVersionView(version: KeyVersion, around: VersionSurroundings): KeyVersionView {
  const { deletedAt, purgedAt, latestVersion } = around.record
  const { enabled, notBefore, expiresAt, everEnabled } = version
  return {
    version: version.version,
    kid: version.kid,
    state: keyState({ enabled, notBefore, expiresAt, everEnabled, deletedAt, purgedAt }, around.now),
    enabled,
    notBefore: notBefore?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: version.vaultCreatedAt?.toISOString() ?? null,
    updatedAt: version.vaultUpdatedAt?.toISOString() ?? null,
    isLatest: version.version === latestVersion,
    compromised: version.compromisedAt
      ? {
          at: version.compromisedAt.toISOString(),
          byName: version.compromisedById ? around.nameOf(version.compromisedById) : null,
          reason: version.compromisedReason ?? '',
        }
      : null,
    import: around.imports.get(version.version) ?? null,
  }
}
