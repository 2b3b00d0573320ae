import type { Bytes } from './bytes'
import { decodeHex, encodeHex } from './hex'

// BigInt's arithmetic takes a time that depends on its operands, and what it computed can't be filled with zeros. Both are
// borne: these are checks in a worker of one's own that is ended, and nothing here is measured from outside.

/** Big-endian, without sign; no bytes are zero. */
export const toInteger = (bytes: Uint8Array): bigint => (bytes.length === 0 ? 0n : BigInt(`0x${encodeHex(bytes)}`))

/** Big-endian in the fewest bytes; zero is one zero byte. */
export function toBytes(value: bigint): Bytes {
  const digits = value.toString(16)
  return decodeHex(digits.length % 2 === 0 ? digits : `0${digits}`)
}

export const bitLength = (value: bigint): number => {
  const digits = value.toString(16)
  return value === 0n ? 0 : 4 * digits.length - Math.clz32(Number.parseInt(digits.charAt(0), 16)) + 28
}

/** Exactly `length` bytes: zeros to the left, or leading zeros dropped. Null if it does not fit. */
export function leftPadded(bytes: Uint8Array, length: number): Bytes | null {
  const start = bytes.findIndex((byte) => byte !== 0)
  const significant = start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start)
  if (significant.length > length) return null
  const padded = new Uint8Array(length)
  padded.set(significant, length - significant.length)
  return padded
}

/** The inverse of `value` modulo `modulus` (extended Euclid), or null where they share a factor. */
export function inverse(value: bigint, modulus: bigint): bigint | null {
  let [remainder, next] = [modulus, value % modulus]
  let [factor, nextFactor] = [0n, 1n]
  while (next !== 0n) {
    const quotient = remainder / next
    ;[remainder, next] = [next, remainder - quotient * next]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  if (remainder !== 1n) return null
  return factor < 0n ? factor + modulus : factor
}
