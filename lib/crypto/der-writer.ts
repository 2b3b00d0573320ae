import { type Bytes, concatBytes } from './bytes'
import { derTag } from './der-reader'

/** One DER element: tag octet, definite length in the fewest octets, content. */
export function writeDer(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(length)), ...content)
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

export const writeDerSequence = (...children: readonly Uint8Array[]): Bytes => writeDer(derTag.sequence, ...children)
export const writeDerNull = (): Bytes => writeDer(derTag.null)
export const writeDerBitString = (octets: Uint8Array): Bytes => writeDer(derTag.bitString, Uint8Array.of(0), octets)

/** A non-negative INTEGER from its magnitude, leading zeros dropped, a sign octet added where needed. */
export function writeDerUnsignedInteger(magnitude: Uint8Array): Bytes {
  const start = magnitude.findIndex((octet) => octet !== 0)
  const significant = start < 0 ? Uint8Array.of(0) : magnitude.subarray(start)
  return writeDer(derTag.integer, Uint8Array.of(...((significant[0] ?? 0) >= 0x80 ? [0] : [])), significant)
}

export function writeDerObjectIdentifier(dotted: string): Bytes {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return writeDer(derTag.objectIdentifier, Uint8Array.from([40 * root + second, ...rest].flatMap(base128)))
}

function base128(arc: number): number[] {
  const octets = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | (rest % 128))
  return octets
}
