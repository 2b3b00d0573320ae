import { decodeBase64Octets } from '../base64'
import { type Bytes, copyBytes, wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { decodeHexOctets } from '../hex'
import type { KeyPiece } from './piece'
import { KeyFileRefused } from './refusals'

const isKeyLength = (length: number): boolean => length === 16 || length === 24 || length === 32

/** Bytes that nobody would read: 16, 24 or 32 of them, and not all of them printable. */
export const isBinaryKey = (bytes: Uint8Array): boolean => isKeyLength(bytes.length) && !isPrintable(bytes)

export const isPrintable = (bytes: Uint8Array): boolean =>
  bytes.every((octet) => (octet >= 0x20 && octet < 0x7f) || (octet >= 0x09 && octet <= 0x0d))

export const rawPiece = (bytes: Uint8Array): KeyPiece => ({
  piece: 'key',
  format: 'raw',
  numbers: { kind: 'oct', bytes: copyBytes(bytes) },
})

/**
 * A symmetric key as text. What could be two things is the one that a person means: digits and letters that are
 * hexadecimal or base64 of a key are written so, and not themselves the key, since random bytes all but never are such
 * characters; and hexadecimal of another length is a key cut short, not one of as many characters. Only other characters,
 * 16, 24 or 32 of them to the last byte, are the key as they stand (and `foundKey` warns of the pattern). Undefined: no
 * such thing. Throws `KeyFileRefused`: `symmetric-length`.
 */
export function readRawText(text: Uint8Array): KeyPiece | undefined {
  const hex = decoded(() => decodeHexDigits(text))
  if (hex !== undefined) return consumed(hex, 'hexadecimal')
  const base64 = text.length <= 64 ? decoded(() => decodeBase64Octets(text)) : undefined
  if (base64 !== undefined && isKeyLength(base64.length)) return consumed(base64, 'base64')
  if (base64 !== undefined) wipe(base64)
  return isKeyLength(text.length) ? rawPiece(text) : undefined
}

function consumed(bytes: Bytes, written: string): KeyPiece {
  if (isKeyLength(bytes.length)) return { piece: 'key', format: 'raw', numbers: { kind: 'oct', bytes } }
  wipe(bytes)
  throw new KeyFileRefused('symmetric-length', { detail: `This is ${bytes.length} bytes in ${written}.` })
}

function decoded(decode: () => Bytes): Bytes | undefined {
  try {
    return decode()
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    return undefined
  }
}

const separators = new Set([...' \t\r\n:-'].map((character) => character.charCodeAt(0)))

/** Blanks, colons, hyphens and a leading `0x` are passed over. */
function decodeHexDigits(text: Uint8Array): Bytes {
  const digits = text.filter((octet) => !separators.has(octet))
  const prefixed = digits[0] === 0x30 && ((digits[1] ?? 0) | 0x20) === 0x78
  try {
    return decodeHexOctets(prefixed ? digits.subarray(2) : digits)
  } finally {
    wipe(digits)
  }
}
