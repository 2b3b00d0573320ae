import type { KeyWriter } from '../../store/key-store'
import type { NameRecord, RotationRecord, VersionRecord } from '../../store/records'
import { badParameter } from '../fault'
import { rearm } from '../rotation/due-times'
import type { VaultContext } from '../vault-call'

/** What a backup holds. `secret` is standard base64. */
export type BackupContent = {
  name: NameRecord
  versions: { record: VersionRecord; secret: string }[]
  rotation: RotationRecord | null
}

/** https://learn.microsoft.com/azure/key-vault/general/backup: more than 500 versions can't be backed up. */
const maxVersions = 500

export const tooManyForBackup = () => badParameter(`A key with more than ${maxVersions} versions can't be backed up.`)

/** Undefined for a key of too many versions. */
export function readBackup(vault: VaultContext, name: string): BackupContent | undefined {
  const found = vault.keys.name(name)
  const { items, next } = vault.keys.versions(name, null, maxVersions)
  if (!found || next !== null) return undefined
  const versions = items.map((record) => ({ record, secret: secretOf(vault, name, record.version) }))
  return { name: found, versions, rotation: vault.keys.rotation(name) ?? null }
}

function secretOf(vault: VaultContext, name: string, version: string): string {
  const secret = vault.keys.secret(name, version)
  const text = secret.toString('base64')
  secret.fill(0)
  return text
}

/** In the commit of a restore. Gives the latest version. */
export function writeBackup(vault: VaultContext, write: KeyWriter, content: BackupContent): VersionRecord {
  const { name, versions, rotation } = content
  const latest = versions.find(({ record }) => record.version === name.latest)?.record
  if (!latest) throw badParameter('The backup is not valid.')
  for (const { record, secret } of versions) {
    const bytes = Buffer.from(secret, 'base64')
    write.addVersion(name.name, record, bytes)
    bytes.fill(0)
  }
  write.putName({ ...name, deletion: null })
  write.putRotation(name.name, rotation)
  rearm(write, name.name, vault.now())
  return latest
}
