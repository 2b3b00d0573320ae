import { toInteger } from './big-integer'
import { type Bytes, copyBytes } from './bytes'
import { CryptoError } from './crypto-error'
import { type CurveName, curves } from './curves'
import { decodeHex } from './hex'

/** Affine coordinates, each of exactly the curve's coordinate size, big-endian. */
export type CurvePoint = { x: Bytes; y: Bytes }

// Points are public, so that these integers need not take constant time.

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p
const rightSide = (x: bigint, { p, a, b }: (typeof curves)[CurveName]): bigint => modulo(x * x * x + a * x + b, p)

export function isOnCurve(curve: CurveName, point: CurvePoint): boolean {
  const { p } = curves[curve]
  const [x, y] = [toInteger(point.x), toInteger(point.y)]
  return x < p && y < p && modulo(y * y, p) === rightSide(x, curves[curve])
}

/** Reads an encoded point (SEC 1 section 2.3.4), compressed or not. Throws `point-not-on-curve`. */
export function decodePoint(curve: CurveName, octets: Uint8Array): CurvePoint {
  const size = curves[curve].coordinateBytes
  const form = octets[0]
  const x = copyBytes(octets.subarray(1, 1 + size))
  if (form === 0x04 && octets.length === 1 + 2 * size) {
    const point = { x, y: copyBytes(octets.subarray(1 + size)) }
    if (isOnCurve(curve, point)) return point
  }
  if ((form === 0x02 || form === 0x03) && octets.length === 1 + size) return decompress(curve, x, form === 0x03)
  throw new CryptoError('point-not-on-curve')
}

function decompress(curve: CurveName, x: Bytes, odd: boolean): CurvePoint {
  const { p, coordinateBytes } = curves[curve]
  const square = rightSide(toInteger(x), curves[curve])
  const root = power(square, (p + 1n) / 4n, p)
  const y = (root & 1n) === (odd ? 1n : 0n) ? root : modulo(-root, p)
  const point = { x, y: decodeHex(y.toString(16).padStart(2 * coordinateBytes, '0')) }
  if (!isOnCurve(curve, point)) throw new CryptoError('point-not-on-curve')
  return point
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (let factor = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % p
    factor = (factor * factor) % p
  }
  return result
}
