import { constants, createCipheriv, createPublicKey, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto'
import type { WrappingKey } from '@/lib/domain/releases/find-wrapping-key'

/** The hash of OAEP and of its MGF1, by the request's `enc`. */
export const releaseAlgorithms = {
  CKM_RSA_AES_KEY_WRAP: 'sha1',
  RSA_AES_KEY_WRAP_256: 'sha256',
  RSA_AES_KEY_WRAP_384: 'sha384',
} as const

export type ReleaseAlgorithm = keyof typeof releaseAlgorithms
export const releaseAlgorithmNames = Object.keys(releaseAlgorithms) as [ReleaseAlgorithm, ...ReleaseAlgorithm[]] // the table's keys are exactly ReleaseAlgorithm

const kwpInitialValue = Buffer.from('A65959A6', 'hex') // RFC 5649, section 3

/** The environment's key; undefined where it is no RSA key of 2048 to 8192 bits. */
export function openWrappingKey({ n, e }: WrappingKey): KeyObject | undefined {
  try {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } })
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    return bits >= 2048 && bits <= 8192 ? key : undefined
  } catch {
    // node:crypto says no more than that it is no key.
    return undefined
  }
}

/** RSA-OAEP of a fresh AES-256 key, followed by AES-KWP of the plaintext under it. */
export function wrapForRelease(key: KeyObject, enc: ReleaseAlgorithm, plaintext: Buffer): Buffer {
  const aesKey = randomBytes(32)
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const sealedKey = publicEncrypt({ key, padding, oaepHash: releaseAlgorithms[enc] }, aesKey)
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, kwpInitialValue)
  const wrapped = Buffer.concat([sealedKey, cipher.update(plaintext), cipher.final()])
  aesKey.fill(0)
  return wrapped
}

/** What stands in `key_hsm` of a released key: a transfer blob of schema 1.0, without a generator. */
export function releasedBlob(kid: string, enc: ReleaseAlgorithm, ciphertext: Buffer): string {
  const blob = { schema_version: '1.0', header: { kid, alg: 'dir', enc }, ciphertext: ciphertext.toString('base64url') }
  return Buffer.from(JSON.stringify(blob)).toString('base64url')
}
