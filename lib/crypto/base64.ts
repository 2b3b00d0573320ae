import { type Bytes, wipe } from './bytes'
import { CryptoError } from './crypto-error'

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const alphabets = { standard: `${common}+/`, url: `${common}-_` } as const
export type Base64Alphabet = keyof typeof alphabets

const digitValues = { standard: decodingTable(alphabets.standard), url: decodingTable(alphabets.url) }

function decodingTable(alphabet: string): Int8Array {
  const table = new Int8Array(128).fill(-1)
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i
  return table
}

/** Base64url without padding (RFC 4648 section 5), as JOSE and the vaults write it. */
export const encodeBase64Url = (bytes: Uint8Array): string => encode(bytes, alphabets.url)

/** Base64 of the standard alphabet, with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encode(bytes, alphabets.standard)
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    if (left > 1) text += alphabet.charAt((group >> 6) & 63)
    if (left > 2) text += alphabet.charAt(group & 63)
  }
  return text
}

/** Base64url without padding; anything else, also a stray last bit, throws `base64-invalid`. */
export const decodeBase64Url = (text: string): Bytes => decode(text, 'url')

/** Base64 of the standard alphabet with its padding; anything else throws `base64-invalid`. */
export function decodeBase64(text: string): Bytes {
  if (text.length % 4 !== 0) throw new CryptoError('base64-invalid')
  return decode(text.replace(/={1,2}$/, ''), 'standard')
}

const decode = (digits: string, alphabet: Base64Alphabet): Bytes =>
  decodeCodes(digits.length, (i) => digits.charCodeAt(i), alphabet)

function decodeCodes(length: number, codeAt: (index: number) => number, alphabet: Base64Alphabet): Bytes {
  if (length % 4 === 1) throw new CryptoError('base64-invalid')
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  if (decodeInto(bytes, length, codeAt, digitValues[alphabet])) return bytes
  wipe(bytes)
  throw new CryptoError('base64-invalid')
}

/** False at the first character that is no digit, and for a stray last bit. */
function decodeInto(bytes: Bytes, length: number, codeAt: (index: number) => number, values: Int8Array): boolean {
  let buffer = 0
  let bits = 0
  let offset = 0
  for (let i = 0; i < length; i++) {
    const value = values[codeAt(i)] ?? -1
    if (value < 0) return false
    buffer = ((buffer << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[offset++] = (buffer >> bits) & 0xff
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0
}

/** How a text departs from base64url without padding. */
export type Base64Departure = 'standard-alphabet' | 'padding' | 'whitespace'

/**
 * Base64 of either alphabet, padded or not, with or without whitespace, and how it departs from base64url without
 * padding. The two alphabets mixed, wrong padding or a stray last bit throw `base64-invalid`.
 */
export function decodeBase64Lenient(text: string): { bytes: Bytes; departures: Base64Departure[] } {
  const departures: Base64Departure[] = []
  const dense = text.replace(/[ \t\r\n]+/g, '')
  if (dense.length !== text.length) departures.push('whitespace')
  const digits = dense.replace(/={1,2}$/, '')
  if (digits.length !== dense.length) {
    if (dense.length % 4 !== 0) throw new CryptoError('base64-invalid')
    departures.push('padding')
  }
  const standard = /[+/]/.test(digits)
  if (standard) departures.push('standard-alphabet')
  return { bytes: decode(digits, standard ? 'standard' : 'url'), departures }
}

const isBlank = (octet: number): boolean => octet === 0x20 || (octet >= 0x09 && octet <= 0x0d)
const padding = 0x3d

/**
 * Base64 in ASCII octets, of either alphabet, padded or not, blanks between the digits: for secrets, which so never
 * become a string. Throws `base64-invalid` as `decodeBase64Lenient` does.
 */
export function decodeBase64Octets(octets: Uint8Array): Bytes {
  const dense = octets.filter((octet) => !isBlank(octet))
  try {
    let end = dense.length
    while (end > dense.length - 2 && dense[end - 1] === padding) end--
    if (end < dense.length && dense.length % 4 !== 0) throw new CryptoError('base64-invalid')
    const standard = dense.some((octet) => octet === 0x2b || octet === 0x2f)
    return decodeCodes(end, (i) => dense[i] ?? 0, standard ? 'standard' : 'url')
  } finally {
    wipe(dense)
  }
}
