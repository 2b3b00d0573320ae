import { type Bytes, copyBytes } from '../bytes'
import { type DerElement, derTag, derUnsignedInteger, expectTag } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'

/** A salt is 8 to 64 bytes long wherever tools make one; this is where it stops being one. */
const longestSalt = 1024

/** A positive INTEGER; beyond what a number holds exactly, it is Infinity, which no limit admits. */
export function readPositiveNumber(element: DerElement | undefined): number {
  const magnitude = derUnsignedInteger(element)
  if (magnitude.length > 6) return Number.POSITIVE_INFINITY
  const value = magnitude.reduce((sum, octet) => sum * 256 + octet, 0)
  if (value === 0) throw new KeyFileRefused('damaged', { detail: 'Its key derivation asks for zero rounds.' })
  return value
}

export function readSalt(element: DerElement | undefined): Bytes {
  const { content } = expectTag(element, derTag.octetString)
  if (content.length === 0 || content.length > longestSalt)
    throw new KeyFileRefused('damaged', { detail: 'The salt of its key derivation has no sensible length.' })
  return copyBytes(content)
}
