import { aeskwp } from '@noble/ciphers/aes.js'
import type { Bytes } from './bytes'
import { CryptoError } from './crypto-error'

const keyLengths = [16, 24, 32]

/**
 * AES key wrap with padding (RFC 5649; PKCS#11 `CKM_AES_KEY_WRAP_PAD`). `key` has 16, 24 or 32 bytes, `plaintext` at
 * least one; the result is 8 bytes longer than the plaintext rounded up to 8. Throws `key-length` or `kwp-length`.
 */
export function wrapAesKwp(key: Uint8Array, plaintext: Uint8Array): Bytes {
  if (!keyLengths.includes(key.length)) throw new CryptoError('key-length')
  if (plaintext.length === 0) throw new CryptoError('kwp-length')
  return aeskwp(key).encrypt(plaintext)
}

/** Undoes `wrapAesKwp`. Throws `key-length`, `kwp-length`, or `kwp-integrity` for a wrong key or changed bytes. */
export function unwrapAesKwp(key: Uint8Array, wrapped: Uint8Array): Bytes {
  if (!keyLengths.includes(key.length)) throw new CryptoError('key-length')
  if (wrapped.length < 16 || wrapped.length % 8 !== 0) throw new CryptoError('kwp-length')
  try {
    return aeskwp(key).decrypt(wrapped)
  } catch (cause) {
    throw new CryptoError('kwp-integrity', { cause })
  }
}
