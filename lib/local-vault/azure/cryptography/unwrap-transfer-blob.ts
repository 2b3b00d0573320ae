import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto'
import { z } from 'zod'
import type { VersionRecord } from '../../store/records'
import { addressesOf } from '../addresses'
import { badKey, badParameter } from '../fault'
import { checkUsable } from '../find-key'
import { parseLenientJson } from '../lenient-json'
import type { VaultContext } from '../vault-call'

const blobSchema = z.object({
  schema_version: z.literal('1.0.0'),
  header: z.object({ kid: z.string(), alg: z.literal('dir'), enc: z.literal('CKM_RSA_AES_KEY_WRAP') }),
  ciphertext: z.string().regex(/^[A-Za-z0-9+/_-]+={0,2}$/),
})

type Blob = z.infer<typeof blobSchema>
type Kek = { name: string; record: VersionRecord }

/**
 * Opens a BYOK transfer blob (`key_hsm`): JSON around RSA-OAEP(SHA-1) of an AES key, followed by AES-KWP (RFC 5649) of the
 * target key. All of it is node:crypto, on purpose not the console's own code. A blob that does not open is answered with
 * one sentence whatever the reason.
 */
export function unwrapTransferBlob(vault: VaultContext, file: Buffer): Buffer {
  const blob = parseBlob(file)
  const kek = findKek(vault, blob.header.kid)
  const key = vault.keys.openKey(kek.name, kek.record)
  return unwrap(key, Buffer.from(blob.ciphertext, 'base64'), modulusBytes(kek.record))
}

function parseBlob(file: Buffer): Blob {
  try {
    return blobSchema.parse(parseLenientJson(file.toString('utf8')))
  } catch {
    throw badKey()
  }
}

/** The KEK that the kid names: of this vault, with its version, for import only, enabled and in its time. */
function findKek(vault: VaultContext, kid: string): Kek {
  const { address, named } = addressesOf(vault)
  const prefix = [address, named].map((url) => `${url}/keys/`).find((each) => kid.toLowerCase().startsWith(each))
  const [name, version, more] = prefix ? kid.slice(prefix.length).split('/') : []
  if (!name) throw badParameter('The key exchange key named by the transfer blob is not in this key vault.')
  if (!version || more !== undefined)
    throw badParameter('The key exchange key named by the transfer blob must be given with its version.')
  const found = vault.keys.name(name)
  const record = found && !found.deletion && vault.keys.version(name, version)
  if (!record) throw badParameter('The key exchange key named by the transfer blob was not found in this key vault.')
  checkUsable(record, 'import', vault.now())
  return { name, record }
}

function modulusBytes({ publicPart }: VersionRecord): number {
  if (publicPart.family !== 'RSA') throw badKey()
  return publicPart.bits / 8
}

const kwpInitialValue = Buffer.from('A65959A6', 'hex') // RFC 5649, section 3

function unwrap(kek: KeyObject, ciphertext: Buffer, modulus: number): Buffer {
  const wrapped = ciphertext.subarray(modulus)
  if (wrapped.length < 16 || wrapped.length % 8 !== 0) throw badKey()
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const aesKey = privateDecrypt({ key: kek, padding, oaepHash: 'sha1' }, ciphertext.subarray(0, modulus))
    const decipher = createDecipheriv(`id-aes${aesKey.length * 8}-wrap-pad`, aesKey, kwpInitialValue)
    aesKey.fill(0)
    return Buffer.concat([decipher.update(wrapped), decipher.final()])
  } catch {
    throw badKey()
  }
}
