import { constants, createDecipheriv, type KeyObject, privateDecrypt, X509Certificate } from 'node:crypto'
import { compactVerify } from 'jose'

/** Members that tests look at; an absent one fails the test that wants it. */
export type ReleasedPayload = {
  request: Record<string, unknown>
  response: {
    key: {
      key: { kid: string; kty: string; key_hsm: string; key_ops: string[]; n?: string; x?: string }
      attributes: Record<string, unknown>
      tags: Record<string, string>
      release_policy: { data: string; immutable: boolean; contentType: string }
    }
  }
}

/** Verifies the answer as a client has to: the signature by the leaf, the leaf by the root, the leaf for the vault's host. */
export async function verifyReleased(value: string, vaultUrl: string) {
  const header = JSON.parse(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString('utf8'))
  const [leaf, root] = header.x5c.map((der: string) => new X509Certificate(Buffer.from(der, 'base64')))
  if (!leaf.verify(root.publicKey) || !root.verify(root.publicKey)) throw new Error('The chain does not hold.')
  if (!leaf.checkIP(new URL(vaultUrl).hostname)) throw new Error('The certificate is another host’s.')
  const { payload } = await compactVerify(value, leaf.publicKey, { algorithms: ['RS256'] })
  // Written by the vault under test; assertions look at its members.
  return { header, payload: JSON.parse(Buffer.from(payload).toString('utf8')) as ReleasedPayload }
}

/** Opens `key_hsm` with the environment's private key: RSA-OAEP of an AES key, AES-KWP of the released key. */
export function openReleased(keyHsm: string, environment: KeyObject, oaepHash: string) {
  const blob = JSON.parse(Buffer.from(keyHsm, 'base64url').toString('utf8'))
  const ciphertext = Buffer.from(blob.ciphertext, 'base64url')
  const modulus = (environment.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const aesKey = privateDecrypt({ key: environment, padding, oaepHash }, ciphertext.subarray(0, modulus))
  const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  const plaintext = Buffer.concat([decipher.update(ciphertext.subarray(modulus)), decipher.final()])
  return { blob, ciphertext, aesKey, plaintext }
}
