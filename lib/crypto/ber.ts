import { type Bytes, wipe } from './bytes'
import { CryptoError } from './crypto-error'
import { writeDer } from './der-writer'

const maximumDepth = 16
const maximumElements = 16_384

/** String types that may come in pieces. A BIT STRING in pieces is written by nobody. */
const piecewiseTags = new Set([0x04, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e])
const constructed = 0x20
const endOfContents = 0x00

interface Reader {
  bytes: Uint8Array
  offset: number
  elements: number
}

/**
 * The one BER element (X.690 section 8) that fills `bytes`, with every length definite and in the fewest octets and every
 * string in one piece, so that `readDer` reads it. Strings are not looked into, values not judged. Throws `der-invalid`;
 * never reads past the end, nor deeper than 16 levels, nor more than 16,384 elements.
 */
export function berToDer(bytes: Uint8Array): Bytes {
  const reader: Reader = { bytes, offset: 0, elements: 0 }
  const element = readElement(reader, bytes.length, 0)
  if (element && reader.offset === bytes.length) return element
  if (element) wipe(element)
  throw new CryptoError('der-invalid')
}

/** The next element before `end`, in DER; `undefined` for the two zero octets that end an indefinite length. */
function readElement(reader: Reader, end: number, depth: number): Bytes | undefined {
  reader.elements += 1
  if (depth > maximumDepth || reader.elements > maximumElements) throw new CryptoError('der-invalid')
  const tag = nextOctet(reader, end)
  if ((tag & 0x1f) === 0x1f) throw new CryptoError('der-invalid')
  const length = readLength(reader, end)
  if (tag === endOfContents) {
    if (length !== 0) throw new CryptoError('der-invalid')
    return undefined
  }
  if ((tag & constructed) === 0) return readPrimitive(reader, tag, length)
  const children = readChildren(reader, length === undefined ? undefined : reader.offset + length, end, depth)
  try {
    return piecewiseTags.has(tag - constructed) ? join(tag - constructed, children) : writeDer(tag, ...children)
  } finally {
    // They are copies, and a decrypted file's are secret.
    wipe(...children)
  }
}

function readPrimitive(reader: Reader, tag: number, length: number | undefined): Bytes {
  if (length === undefined) throw new CryptoError('der-invalid')
  const content = reader.bytes.subarray(reader.offset, reader.offset + length)
  reader.offset += length
  return writeDer(tag, content)
}

/** Up to `stop`, or, where the length is indefinite, up to its end, which is taken. */
function readChildren(reader: Reader, stop: number | undefined, end: number, depth: number): Bytes[] {
  const children: Bytes[] = []
  try {
    while (reader.offset !== stop) {
      const child = readElement(reader, stop ?? end, depth + 1)
      if (child) children.push(child)
      else if (stop === undefined) break
      else throw new CryptoError('der-invalid')
    }
    return children
  } catch (cause) {
    wipe(...children)
    throw cause
  }
}

/** Pieces, each in DER and of the string's own type, as one string. */
function join(tag: number, pieces: readonly Bytes[]): Bytes {
  const contents = pieces.map((piece) => {
    if (piece[0] !== tag) throw new CryptoError('der-invalid')
    const [, first = 0] = piece
    return piece.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
  })
  return writeDer(tag, ...contents)
}

function nextOctet(reader: Reader, end: number): number {
  const octet = reader.offset < end ? reader.bytes[reader.offset] : undefined
  if (octet === undefined) throw new CryptoError('der-invalid')
  reader.offset += 1
  return octet
}

/** `undefined`: indefinite. Leading zeros are taken; what reaches beyond `end` is not. */
function readLength(reader: Reader, end: number): number | undefined {
  const first = nextOctet(reader, end)
  if (first === 0x80) return undefined
  let length = first
  if (first > 0x80) {
    if (first > 0x88) throw new CryptoError('der-invalid')
    length = 0
    for (let rest = first & 0x7f; rest > 0; rest--) length = length * 256 + nextOctet(reader, end)
  }
  if (length > end - reader.offset) throw new CryptoError('der-invalid')
  return length
}
