import { CryptoError } from '../crypto-error'
import { derChildren, derTag, expectTag } from '../der-reader'
import { KeyFileRefused } from '../key-file/refusals'
import {
  contentType,
  type EncryptedContentInfo,
  readAnyEncoding,
  readContentInfo,
  readEncryptedData,
} from './content-info'

/** One ContentInfo of an AuthenticatedSafe: the octets of a SafeContents, in the clear or encrypted as a whole. */
export type Safe = { kind: 'plain'; octets: Uint8Array } | ({ kind: 'encrypted' } & EncryptedContentInfo)

/** AuthenticatedSafe (RFC 7292 section 4.1). Throws `KeyFileRefused` and `der-invalid`. */
export function readAuthenticatedSafe(octets: Uint8Array): Safe[] {
  const { element } = readAnyEncoding(octets)
  return derChildren(expectTag(element, derTag.sequence)).map((safe) => {
    const { type, content } = readContentInfo(safe)
    if (type === contentType.data) return { kind: 'plain', octets: expectTag(content, derTag.octetString).content }
    if (type === contentType.encryptedData) return { kind: 'encrypted', ...readEncryptedData(content) }
    if (type === contentType.envelopedData)
      throw new KeyFileRefused('unsupported-protection', { detail: 'It is encrypted to a certificate’s holder.' })
    throw new CryptoError('der-invalid')
  })
}
