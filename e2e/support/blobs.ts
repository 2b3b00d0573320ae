import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyClient } from '@azure/keyvault-keys'
import { asPkcs8Der, asSpkiDer, copyBytes, sealTransferBlob, sha256Hex } from '@/lib/crypto'
import { vaultKeys } from './vault-keys'

/** A P-256 key wrapped for a KEK, as a file on its way to the vault. */
export interface SealedKey {
  fileName: string
  bytes: Buffer
  /** What the ceremony record says. */
  publicKeySha256: string
  /** Base64url, as the file holds it: what must be found nowhere. */
  ciphertext: string
}

const base64Url = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url')

/** The KEK's identifier and public half, asked of the vault itself. */
async function readKek(name: string, vault: KeyClient) {
  const { id, key } = await vault.getKey(name)
  const jwk = { kty: 'RSA', n: base64Url(key?.n), e: base64Url(key?.e) }
  const spki = createPublicKey({ format: 'jwk', key: jwk }).export({ type: 'spki', format: 'der' })
  return { kekKid: id ?? '', kekSpki: asSpkiDer(copyBytes(spki)) }
}

/** A fresh P-256 key, sealed under the KEK of that name. */
export async function sealNewKey(kekName: string, vault = vaultKeys()): Promise<SealedKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const plaintext = asPkcs8Der(copyBytes(privateKey.export({ type: 'pkcs8', format: 'der' })))
  const sealed = await sealTransferBlob({ ...(await readKek(kekName, vault)), plaintext, generator: 'Drawbridge e2e' })
  const bytes = Buffer.from(sealed)
  const { ciphertext } = JSON.parse(bytes.toString('utf8')) as { ciphertext: string } // made a line above
  return {
    fileName: `key-${randomBytes(4).toString('hex')}.byok`,
    bytes,
    publicKeySha256: await sha256Hex(publicKey.export({ type: 'spki', format: 'der' })),
    ciphertext,
  }
}

/** As an officer chooses it in the browser. */
export const asUpload = ({ fileName, bytes }: Pick<SealedKey, 'fileName' | 'bytes'>) => ({
  name: fileName,
  mimeType: 'application/octet-stream',
  buffer: bytes,
})
