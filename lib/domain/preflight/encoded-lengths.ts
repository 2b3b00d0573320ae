import { curves } from '@/lib/crypto'
import { EC_CURVES, type EcCurve, type KeyFamily, OCT_BITS, RSA_BITS, type SizeOrCurve } from '../keys/key-type'

/** A type of key with its size or curve, as preflight names and compares it. */
export interface KeyShape {
  family: KeyFamily
  sizeOrCurve: SizeOrCurve
}

export const KEY_SHAPES: readonly KeyShape[] = [
  ...EC_CURVES.map((sizeOrCurve) => ({ family: 'EC' as const, sizeOrCurve })),
  ...RSA_BITS.map((sizeOrCurve) => ({ family: 'RSA' as const, sizeOrCurve })),
  ...OCT_BITS.map((sizeOrCurve) => ({ family: 'oct' as const, sizeOrCurve })),
]

/** Tokens that write DER in place may leave up to so many zero bytes behind it before wrapping. */
const maximumZeroPadding = 7

/** AES-KWP (RFC 5649): rounded up to 8, and 8 more. */
const wrappedLength = (plaintext: number): number => 8 * Math.ceil(plaintext / 8) + 8

/** A DER element around so many bytes of content. */
const element = (content: number): number => content + (content < 0x80 ? 2 : content < 0x100 ? 3 : 4)

/**
 * PKCS#8 (RFC 5208) around an ECPrivateKey (RFC 5915). Encoders differ in two optional parts: the public key, and
 * the curve a second time.
 */
function ecPkcs8Length(curve: EcCurve, optional: { publicKey: boolean; curveAgain: boolean }): number {
  const size = curves[curve].coordinateBytes
  const curveOid = element(curve === 'P-256' ? 8 : 5)
  const publicKey = optional.publicKey ? element(element(2 + 2 * size)) : 0
  const curveAgain = optional.curveAgain ? element(curveOid) : 0
  const key = element(element(element(1) + element(size) + curveAgain + publicKey))
  const algorithm = element(element(7) + curveOid)
  return element(element(1) + algorithm + key)
}

/**
 * RSA's numbers vary in length by a few bytes. Measured over keys of OpenSSL's: 1215 to 1219, 1792 to 1795 and
 * 2373 to 2375 bytes; the bounds leave room for shorter exponents below, attributes and padding above.
 */
const rsaBounds = {
  '2048': { smallest: 1184, longest: 1256 },
  '3072': { smallest: 1760, longest: 1840 },
  '4096': { smallest: 2328, longest: 2416 },
} as const

/** What a PKCS#8 of RSA-1024 leaves after the first block: named, so that it can be refused by name. */
export const looksLikeRsa1024 = (remainder: number): boolean => remainder >= 616 && remainder <= 672

const yesOrNo = [false, true]

/** The lengths after the first block that encoders are known to produce, shortest first. */
export function knownRemainders({ family, sizeOrCurve }: KeyShape): number[] {
  if (family === 'oct') return [wrappedLength(Number(sizeOrCurve) / 8)]
  if (family === 'RSA') {
    const bounds = Object.entries(rsaBounds).find(([bits]) => bits === sizeOrCurve)?.[1]
    return bounds ? multiplesOf8(bounds.smallest, bounds.longest) : []
  }
  const curve = EC_CURVES.find((name) => name === sizeOrCurve)
  if (curve === undefined) return []
  const plain = yesOrNo.flatMap((publicKey) =>
    yesOrNo.map((curveAgain) => ecPkcs8Length(curve, { publicKey, curveAgain })),
  )
  const padded = plain.map((length) => wrappedLength(length + maximumZeroPadding))
  const unpadded = plain.map(wrappedLength)
  // No encoder is known that both repeats everything and pads.
  const lengths = [...unpadded, ...padded.filter((length) => length <= Math.max(...unpadded))]
  return [...new Set(lengths)].sort((a, b) => a - b)
}

function multiplesOf8(from: number, to: number): number[] {
  return Array.from({ length: (to - from) / 8 + 1 }, (_, i) => from + 8 * i)
}

/** The shortest possible remainder: less can't hold such a key. */
export const smallestEncoding = (shape: KeyShape): number => Math.min(...knownRemainders(shape))
/** The longest known remainder: more is unusual. */
export const longestEncoding = (shape: KeyShape): number => Math.max(...knownRemainders(shape))

/** `RSA-2048`, `P-256K`, `AES-256`. */
export function shapeName({ family, sizeOrCurve }: KeyShape): string {
  if (family === 'EC') return sizeOrCurve
  return family === 'RSA' ? `RSA-${sizeOrCurve}` : `AES-${sizeOrCurve}`
}
