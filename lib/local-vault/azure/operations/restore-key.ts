import type { KeyWriter } from '../../store/key-store'
import { nameIsTaken } from '../add-version'
import { type BackupContent, writeBackup } from '../backup/backup-content'
import { openBackup } from '../backup/seal-backup'
import { badParameter, keyExists } from '../fault'
import { acceptsType } from '../key-types'
import { parseBody, restoreBody } from '../request-body'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

/** Every version comes back under its own id, and the rotation policy; the name must be free, of deleted keys too. */
export async function restoreKey(call: VaultCall): Promise<VaultReply> {
  const content = await openBackup(call.vault, parseBody(restoreBody, call.body).value)
  refuseForeignTypes(call, content)
  const record = await call.vault.keys.commit((write) => {
    refuseTakenName(call, write, content.name.name)
    return writeBackup(call.vault, write, content)
  })
  const { name } = content.name
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version, name }
}

function refuseTakenName(call: VaultCall, write: KeyWriter, name: string): void {
  const found = write.name(name)
  if (found?.deletion) throw nameIsTaken({ ...call, name }, found.deletion)
  if (found) throw keyExists(name)
}

/** A standard vault has no HSM to put an HSM key into. */
function refuseForeignTypes({ vault }: VaultCall, { versions }: BackupContent): void {
  for (const { record } of versions) {
    if (!acceptsType(vault.settings, 'create', record.kty))
      throw badParameter(`The key type ${record.kty} can't be restored here.`)
  }
}
