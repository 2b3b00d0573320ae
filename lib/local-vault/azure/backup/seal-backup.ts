import { createHash } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import { badParameter } from '../fault'
import type { VaultContext } from '../vault-call'
import type { BackupContent } from './backup-content'

/** What a real backup begins with, before a compact JWE: the "Backup Key" sample of the REST reference. */
const magic = '&AzureKeyVaultKeyBackupV1.microsoft.com'

/** A header may ask for nothing dearer than what sealBackup writes. */
const onlyOurs = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }

const notABackup = () => badParameter('The backup is not valid.')

/** base64url of the magic and a JWE under a key that only vaults of this kind, region and subscription derive. */
export async function sealBackup(vault: VaultContext, content: BackupContent): Promise<string> {
  const place = placeOf(vault)
  const plaintext = Buffer.from(JSON.stringify(content))
  const jwe = await new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: kidOfPlace(place) })
    .encrypt(vault.deriveKey(`backup/${place}`))
  plaintext.fill(0)
  return Buffer.from(magic + jwe).toString('base64url')
}

/** Throws a 400 Fault: for a backup of elsewhere, and with one sentence for everything else that does not open. */
export async function openBackup(vault: VaultContext, value: Buffer): Promise<BackupContent> {
  const text = value.toString('latin1')
  if (!text.startsWith(magic)) throw notABackup()
  const jwe = text.slice(magic.length)
  const place = placeOf(vault)
  if (readKid(jwe) !== kidOfPlace(place))
    throw badParameter(
      'The backup was made in another region, subscription or kind of vault and can only be restored there.',
    )
  const { plaintext } = await compactDecrypt(jwe, vault.deriveKey(`backup/${place}`), onlyOurs).catch(() => {
    throw notABackup()
  })
  // What opens under our own key was sealed by sealBackup.
  const content = JSON.parse(Buffer.from(plaintext).toString('utf8')) as BackupContent
  plaintext.fill(0)
  return content
}

function placeOf({ kind, settings }: VaultContext): string {
  return `${kind}/${settings.subscriptionId}/${settings.region}`
}

function kidOfPlace(place: string): string {
  const hex = createHash('sha256').update(place).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

function readKid(jwe: string): unknown {
  try {
    return decodeProtectedHeader(jwe).kid
  } catch {
    throw notABackup()
  }
}
