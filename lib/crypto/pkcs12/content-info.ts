import { berToDer } from '../ber'
import { type Bytes, concatBytes } from '../bytes'
import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derObjectIdentifier, derTag, expectTag, readDer } from '../der-reader'

/** Far above any key file, and the bound of what its reading may cost. */
export const maximumPkcs12Length = 1024 * 1024

export const contentType = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  encryptedData: '1.2.840.113549.1.7.6',
} as const

const explicit = 0xa0
const implicitString = 0x80
const implicitPieces = 0xa0

/** BER or DER, as one element of ours to look into; over a buffer of its own, for the caller to wipe. */
export function readAnyEncoding(bytes: Uint8Array): { element: DerElement; buffer: Bytes } {
  const buffer = berToDer(bytes)
  return { element: readDer(buffer, maximumPkcs12Length), buffer }
}

/** ContentInfo (RFC 2315 section 7): what it is, and the element that holds it. Throws `der-invalid`. */
export function readContentInfo(element: DerElement | undefined): { type: string; content: DerElement } {
  const [type, wrapper, ...more] = derChildren(expectTag(element, derTag.sequence))
  if (more.length > 0) throw new CryptoError('der-invalid')
  return { type: derObjectIdentifier(type), content: onlyChild(wrapper) }
}

/** What is inside an explicit [0]. */
export function onlyChild(wrapper: DerElement | undefined): DerElement {
  const [child, ...more] = derChildren(expectTag(wrapper, explicit))
  if (!child || more.length > 0) throw new CryptoError('der-invalid')
  return child
}

export interface EncryptedContentInfo {
  algorithm: DerElement
  ciphertext: Uint8Array
}

/** EncryptedData (RFC 2315 section 13) around plain data, by a passphrase. */
export function readEncryptedData(element: DerElement): EncryptedContentInfo {
  const [, info] = derChildren(expectTag(element, derTag.sequence))
  const [type, algorithm, content] = derChildren(expectTag(info, derTag.sequence))
  if (derObjectIdentifier(type) !== contentType.data || !algorithm || !content) throw new CryptoError('der-invalid')
  return { algorithm, ciphertext: implicitOctets(content) }
}

/** [0] IMPLICIT OCTET STRING, whole or, as BER allows, in pieces: under its implicit tag `berToDer` can't know a string. */
function implicitOctets(element: DerElement): Uint8Array {
  if (element.tag === implicitString) return element.content
  const pieces = derChildren(expectTag(element, implicitPieces))
  return concatBytes(...pieces.map((piece) => expectTag(piece, derTag.octetString).content))
}
