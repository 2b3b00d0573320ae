import type { Deletion, NameRecord, VersionRecord } from '../store/records'
import { keyTypes } from './key-types'
import { recoveryLevel } from './recovery-level'
import type { VaultContext } from './vault-call'

type Json = Record<string, unknown>

export function kidOf(vault: VaultContext, name: string, version?: string): string {
  return version ? `${vault.url}/keys/${name}/${version}` : `${vault.url}/keys/${name}`
}

/** `more` stands beside the public members of the key. */
export function keyBundle(vault: VaultContext, name: string, record: VersionRecord, more: Json = {}): Json {
  const kid = kidOf(vault, name, record.version)
  return {
    key: { kid, kty: record.kty, key_ops: record.keyOps, ...publicMembers(record), ...more },
    attributes: attributesOf(vault, record),
    tags: record.tags,
    ...(record.releasePolicy && { release_policy: record.releasePolicy }),
  }
}

export function keyItem(vault: VaultContext, name: string, record: VersionRecord, withVersion: boolean): Json {
  const kid = kidOf(vault, name, withVersion ? record.version : undefined)
  return { kid, attributes: attributesOf(vault, record), tags: record.tags }
}

export function deletedKeyBundle(
  vault: VaultContext,
  { name }: NameRecord,
  record: VersionRecord,
  deletion: Deletion,
): Json {
  return { ...deletionMembers(vault, name, deletion), ...keyBundle(vault, name, record) }
}

export function deletedKeyItem(
  vault: VaultContext,
  { name }: NameRecord,
  record: VersionRecord,
  deletion: Deletion,
): Json {
  return { ...deletionMembers(vault, name, deletion), ...keyItem(vault, name, record, false) }
}

function deletionMembers(vault: VaultContext, name: string, deletion: Deletion): Json {
  const { deletedDate, scheduledPurgeDate } = deletion
  return { recoveryId: `${vault.url}/deletedkeys/${name}`, deletedDate, scheduledPurgeDate }
}

function publicMembers({ publicPart }: VersionRecord): Json {
  switch (publicPart.family) {
    case 'RSA':
      return { n: publicPart.n, e: publicPart.e }
    case 'EC':
      return { crv: publicPart.curve, x: publicPart.x, y: publicPart.y }
    case 'oct':
      return {}
  }
}

function attributesOf({ settings }: VaultContext, record: VersionRecord): Json {
  return {
    enabled: record.enabled,
    ...(record.nbf !== null && { nbf: record.nbf }),
    ...(record.exp !== null && { exp: record.exp }),
    created: record.created,
    updated: record.updated,
    recoveryLevel: recoveryLevel(settings),
    recoverableDays: settings.softDeleteRetentionDays,
    exportable: record.exportable,
    hsmPlatform: keyTypes[record.kty].hsm ? '2' : '0',
  }
}
