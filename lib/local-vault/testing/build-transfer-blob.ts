import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'

/** What GET gives of a KEK. */
export type KekJwk = { kid: string; n: string; e: string }

/** Seals `plaintext` as a source HSM does: an AES-256 key by RSA-OAEP (SHA-1), the target by AES-KWP under it. */
export function sealFor(kek: KekJwk, plaintext: Buffer, oaepHash = 'sha1'): Buffer {
  const aesKey = randomBytes(32)
  const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: kek.n, e: kek.e } })
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'))
  return Buffer.concat([
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, aesKey),
    cipher.update(plaintext),
    cipher.final(),
  ])
}

export function buildBlob(kid: string, ciphertext: Buffer, changes: Record<string, unknown> = {}): Buffer {
  const header = { kid, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' }
  const blob = { schema_version: '1.0.0', header, ciphertext: ciphertext.toString('base64url'), generator: 'test' }
  return Buffer.from(JSON.stringify({ ...blob, ...changes }))
}

export function transferBlob(kek: KekJwk, plaintext: Buffer): Buffer {
  return buildBlob(kek.kid, sealFor(kek, plaintext))
}
