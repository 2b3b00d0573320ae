import type { Bytes } from './bytes'
import { CryptoError } from './crypto-error'

/** Lower-case hexadecimal, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Hexadecimal of either case, nothing else in it. Throws `hex-invalid`. */
export function decodeHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new CryptoError('hex-invalid')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Hexadecimal in ASCII octets: for secrets, which so never become a string. At least one byte. Throws `hex-invalid`. */
export function decodeHexOctets(octets: Uint8Array): Bytes {
  const bytes = new Uint8Array(Math.floor(octets.length / 2))
  if (octets.length === 0 || octets.length % 2 !== 0 || !octets.every((octet) => digitValue(octet) >= 0)) {
    throw new CryptoError('hex-invalid')
  }
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digitValue(octets[2 * i] ?? 0) + digitValue(octets[2 * i + 1] ?? 0)
  }
  return bytes
}

function digitValue(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30
  const letter = octet | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
