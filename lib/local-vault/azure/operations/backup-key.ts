import { readBackup, tooManyForBackup } from '../backup/backup-content'
import { sealBackup } from '../backup/seal-backup'
import { findKey } from '../find-key'
import type { VaultCall, VaultReply } from '../vault-call'

/** All versions of a name with their private halves, sealed so that only a vault of this region and subscription opens it. */
export async function backupKey(call: VaultCall): Promise<VaultReply> {
  const { name, record } = findKey(call.vault, call.name, undefined)
  const content = readBackup(call.vault, name)
  if (!content) throw tooManyForBackup()
  return { status: 200, body: { value: await sealBackup(call.vault, content) }, version: record.version }
}
