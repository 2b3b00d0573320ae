import { ecb } from '@noble/ciphers/aes.js'
import type { RawSecretKey } from './bytes'
import { encodeHex } from './hex'

/**
 * The check value of an AES key is the first 3 bytes of the zero block encrypted in ECB (PKCS#11 `CKA_CHECK_VALUE`).
 * In CBC with a zero IV the first block is the same, and that is what vaults offer.
 */
export const keyCheckValueOf = (ciphertext: Uint8Array): string => encodeHex(ciphertext.subarray(0, 3)).toUpperCase()

/** The check value of a raw AES key, of 192 bits too, which Chromium's WebCrypto lacks. */
export const aesKeyCheckValue = async (rawKey: RawSecretKey): Promise<string> =>
  keyCheckValueOf(ecb(rawKey, { disablePadding: true }).encrypt(new Uint8Array(16)))

/** A typed check value, `KCV: 12 34 ab` or `0x1234AB` alike, as six upper-case digits. Null if it isn't one. */
export function parseKeyCheckValue(text: string): string | null {
  if (text.length > 64) return null
  const bare = text
    .trim()
    .replace(/^KCV\s*[:=]?\s*/i, '')
    .replace(/^0x/i, '')
  const digits = bare.replace(/[\s:.-]/g, '')
  return /^[0-9a-fA-F]{6}$/.test(digits) ? digits.toUpperCase() : null
}
