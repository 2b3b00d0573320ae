import 'server-only'
import type { KeyOrigin } from '@/lib/domain/keys/views'
import type { VaultKey } from '@/lib/providers/port'
import type { ConnectionRow, Context } from '../context'
import { findOwnCreation } from '../created-keys/creation-of'
import type { KeyVersion } from '../db/generated/client'
import { type PolicySeenBy, recordPolicy } from '../releases/policy-snapshots'
import { learnEverEnabled } from './ever-enabled'
import { learnOrigin } from './learn-origin'
import { findOwnImport } from './own-import'
import { type PublicFacts, publicFacts } from './public-facts'

export interface SeenVersion {
  connection: Pick<ConnectionRow, 'id'>
  key: VaultKey
  /** True when the vault named it as the latest; left out: as the index has it. */
  isLatest?: boolean
  /** Given where the caller knows more than our records tell. */
  origin?: KeyOrigin
  /** Left out: by reading it. */
  policySeenBy?: PolicySeenBy
  /** Of this key, where the caller has made them already. */
  digests?: PublicFacts | null
}

/**
 * Writes what a vault has just answered about one version into the index, so that lists are right at once.
 * The index is a copy: what is decided is decided on fresh facts, so plain writes do.
 */
export async function recordVersion(ctx: Pick<Context, 'db' | 'clock'>, seen: SeenVersion): Promise<void> {
  const { connection, key } = seen
  const at = ctx.clock()
  await recordPolicy(ctx, { connection, key, seenBy: seen.policySeenBy ?? 'read' })
  const record = await ctx.db.keyRecord.upsert({
    where: { connectionId_name: { connectionId: connection.id, name: key.name } },
    create: {
      connectionId: connection.id,
      name: key.name,
      latestVersion: key.version,
      origin: seen.origin ?? 'unknown',
      tags: key.tags,
      refreshedAt: at,
    },
    update: {},
  })
  const isLatest = seen.isLatest ?? (record.latestVersion ?? key.version) === key.version
  const before = await ctx.db.keyVersion.findUnique({
    where: { keyRecordId_version: { keyRecordId: record.id, version: key.version } },
  })
  // What is written behind an answer may come late: a later reading is not overwritten by an earlier one.
  if (before && before.refreshedAt > at) return
  const identity = { connectionId: connection.id, name: key.name, version: key.version, kid: key.kid }
  const own = (await findOwnImport(ctx.db, identity)) ?? (await findOwnCreation(ctx.db, connection.id, key))
  const everEnabled = learnEverEnabled(before?.everEnabled, key.attributes.enabled, own?.neverEnabled ?? false)
  const size = key.sizeOrCurve ?? own?.sizeOrCurve ?? before?.sizeOrCurve ?? null
  const facts = { ...(await versionFacts(seen)), sizeOrCurve: size, everEnabled, refreshedAt: at }
  const version = await ctx.db.keyVersion.upsert({
    where: { keyRecordId_version: { keyRecordId: record.id, version: key.version } },
    create: { keyRecordId: record.id, version: key.version, kid: key.kid, ...facts },
    update: facts,
  })
  if (!isLatest) return
  const origin = seen.origin ?? (await knownOrigin(ctx, identity, record))
  await ctx.db.keyRecord.update({ where: { id: record.id }, data: { ...latestFacts(key, version), origin } })
}

async function versionFacts({ key, digests: known }: SeenVersion) {
  const digests = known ?? publicFacts(key.publicJwk)
  return {
    enabled: key.attributes.enabled,
    notBefore: key.attributes.notBefore,
    expiresAt: key.attributes.expiresAt,
    vaultCreatedAt: key.attributes.createdAt,
    vaultUpdatedAt: key.attributes.updatedAt,
    kty: key.kty,
    keyOps: key.keyOps,
    tags: key.tags,
    ...(key.publicJwk ? { publicJwk: { ...key.publicJwk } } : {}),
    spkiSha256: digests?.spkiSha256 ?? null,
    jwkThumbprint: digests?.jwkThumbprint ?? null,
    hsmPlatform: key.attributes.hsmPlatform,
    exportable: key.attributes.exportable,
  }
}

/** The latest version's facts, repeated on its name. */
function latestFacts(key: VaultKey, version: KeyVersion) {
  return {
    latestVersion: key.version,
    kty: key.kty,
    sizeOrCurve: version.sizeOrCurve,
    enabled: key.attributes.enabled,
    notBefore: key.attributes.notBefore,
    expiresAt: key.attributes.expiresAt,
    vaultCreatedAt: key.attributes.createdAt,
    vaultUpdatedAt: key.attributes.updatedAt,
    hsmPlatform: key.attributes.hsmPlatform,
    tags: key.tags,
    managed: key.managed,
    everEnabled: version.everEnabled,
    compromised: version.compromisedAt !== null,
    recoveryLevel: key.attributes.recoveryLevel,
    deletedAt: null,
    scheduledPurgeAt: null,
    purgedAt: null,
    refreshedAt: version.refreshedAt,
  }
}

/** An origin once known stays while the version does. */
async function knownOrigin(
  ctx: Pick<Context, 'db'>,
  key: { connectionId: string; name: string; version: string; kid: string },
  record: { latestVersion: string | null; origin: string },
): Promise<string> {
  if (record.latestVersion === key.version && record.origin !== 'unknown') return record.origin
  return learnOrigin(ctx.db, key)
}
