import { type Bytes, copyBytes } from '../bytes'
import { isBinaryKey } from './raw-key'

const marks = { utf8: [0xef, 0xbb, 0xbf], little: [0xff, 0xfe], big: [0xfe, 0xff] } as const
/** Code units that have to be ASCII before a file is taken for UTF-16: a key of random bytes all but never is. */
const unitsToSee = 8

/**
 * The file as its readers expect it, a copy that the caller wipes: without a byte-order mark, and UTF-16, which Windows'
 * shell writes, as ASCII with `?` for what is none. It stays in bytes, since it may hold a key.
 */
export function withoutTextEncoding(bytes: Uint8Array): Bytes {
  // No text of a key is as long as a key and the mark together.
  if (startsWith(bytes, marks.utf8)) return copyBytes(isBinaryKey(bytes) ? bytes : bytes.subarray(3))
  const marked = startsWith(bytes, marks.little) || startsWith(bytes, marks.big)
  const units = marked ? bytes.subarray(2) : bytes
  const high = [0, 1].find((offset) => isUtf16(units, offset))
  if (high === undefined) return copyBytes(bytes)
  return Uint8Array.from({ length: units.length / 2 }, (_, at) =>
    units[2 * at + high] === 0 ? (units[2 * at + 1 - high] ?? 0) : 0x3f,
  )
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]) => mark.every((octet, at) => bytes[at] === octet)

/** `high`: where in each pair of octets the higher one is. */
function isUtf16(units: Uint8Array, high: number): boolean {
  if (units.length < 2 * unitsToSee || units.length % 2 !== 0) return false
  for (let at = 0; at < 2 * unitsToSee; at += 2) {
    const low = units[at + 1 - high] ?? 0
    if (units[at + high] !== 0 || low < 0x09 || low > 0x7e) return false
  }
  return true
}
