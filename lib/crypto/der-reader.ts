import { type Bytes, copyBytes } from './bytes'
import { CryptoError } from './crypto-error'

/** One element of DER (X.690): its tag octet, its content and all its octets, as views into the input. */
export type DerElement = { tag: number; content: Uint8Array; octets: Uint8Array; depth: number }

export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const

const usualMaximumLength = 64 * 1024
const maximumDepth = 16
/** Of one element. */
export const maximumDerChildren = 256
/** Of an OBJECT IDENTIFIER's content. One is shown where it is unknown: it must not be a page of text. */
const longestIdentifier = 64

/** The one element that fills `bytes` exactly, 64 KiB unless told. Throws `der-invalid`; never reads past the end. */
export function readDer(bytes: Uint8Array, maximumLength = usualMaximumLength): DerElement {
  if (bytes.length > maximumLength) throw new CryptoError('der-invalid')
  const element = readElement(bytes, 0, 0)
  if (element.octets.length !== bytes.length) throw new CryptoError('der-invalid')
  return element
}

/** The elements inside a constructed one, in order. Throws `der-invalid`, also beyond 16 levels; `der-too-wide` beyond 256 of them. */
export function derChildren(parent: DerElement): DerElement[] {
  if ((parent.tag & 0x20) === 0 || parent.depth >= maximumDepth) throw new CryptoError('der-invalid')
  const children: DerElement[] = []
  for (let offset = 0; offset < parent.content.length; ) {
    if (children.length === maximumDerChildren) throw new CryptoError('der-too-wide')
    const child = readElement(parent.content, offset, parent.depth + 1)
    children.push(child)
    offset += child.octets.length
  }
  return children
}

function readElement(bytes: Uint8Array, start: number, depth: number): DerElement {
  const tag = bytes[start]
  // Tag numbers above 30 take more octets; none of our formats has one.
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new CryptoError('der-invalid')
  const { length, offset } = readLength(bytes, start + 1)
  if (length > bytes.length - offset) throw new CryptoError('der-invalid')
  return {
    tag,
    content: bytes.subarray(offset, offset + length),
    octets: bytes.subarray(start, offset + length),
    depth,
  }
}

/** X.690 section 10.1: definite, and in the fewest octets. */
function readLength(bytes: Uint8Array, start: number): { length: number; offset: number } {
  const first = bytes[start]
  if (first === undefined) throw new CryptoError('der-invalid')
  if (first < 0x80) return { length: first, offset: start + 1 }
  const count = first & 0x7f
  if (count === 0 || count > 3) throw new CryptoError('der-invalid')
  let length = 0
  for (let i = 1; i <= count; i++) {
    const octet = bytes[start + i]
    if (octet === undefined) throw new CryptoError('der-invalid')
    length = length * 256 + octet
  }
  const fewest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3
  if (count !== fewest) throw new CryptoError('der-invalid')
  return { length, offset: start + 1 + count }
}

export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag) throw new CryptoError('der-invalid')
  return element
}

/** A non-negative INTEGER's magnitude, without leading zeros (zero itself is one zero octet). */
export function derUnsignedInteger(element: DerElement | undefined): Bytes {
  const { content } = expectTag(element, derTag.integer)
  const [first, second] = content
  if (first === undefined || first >= 0x80) throw new CryptoError('der-invalid')
  if (first !== 0 || second === undefined) return copyBytes(content)
  if (second < 0x80) throw new CryptoError('der-invalid')
  return copyBytes(content.subarray(1))
}

/** A BIT STRING of whole octets. */
export function derBitString(element: DerElement | undefined): Uint8Array {
  const { content } = expectTag(element, derTag.bitString)
  if (content[0] !== 0) throw new CryptoError('der-invalid')
  return content.subarray(1)
}

/** An OBJECT IDENTIFIER in dotted form. */
export function derObjectIdentifier(element: DerElement | undefined): string {
  const { content } = expectTag(element, derTag.objectIdentifier)
  if (content.length > longestIdentifier) throw new CryptoError('der-invalid')
  const arcs: number[] = []
  let arc = 0
  let started = false
  for (const octet of content) {
    if (!started && octet === 0x80) throw new CryptoError('der-invalid')
    arc = arc * 128 + (octet & 0x7f)
    if (arc > 0xffffffff) throw new CryptoError('der-invalid')
    started = octet >= 0x80
    if (!started) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [first, ...rest] = arcs
  if (started || first === undefined) throw new CryptoError('der-invalid')
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...rest].join('.')
}
