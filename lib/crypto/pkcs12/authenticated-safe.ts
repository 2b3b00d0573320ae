import { wipe } from '../bytes'
import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, expectTag } from '../der-reader'
import { inRefusals } from '../key-file/in-refusals'
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

/**
 * What `use` makes of an AuthenticatedSafe (RFC 7292 section 4.1). Its safes are views of a copy that is filled with zeros in
 * the end, for keys may be in it that are not encrypted. Throws `KeyFileRefused`.
 */
export async function withSafes<T>(octets: Uint8Array, use: (safes: readonly Safe[]) => T): Promise<Awaited<T>> {
  const { element, buffer } = inRefusals(() => readAnyEncoding(octets))
  try {
    return await use(inRefusals(() => readSafes(element)))
  } finally {
    wipe(buffer)
  }
}

function readSafes(element: DerElement): Safe[] {
  return derChildren(expectTag(element, derTag.sequence)).map((safe) => {
    const { type, content } = readContentInfo(safe)
    if (type === contentType.data) return { kind: 'plain', octets: expectTag(content, derTag.octetString).content }
    if (type === contentType.encryptedData) return { kind: 'encrypted', ...readEncryptedData(content) }
    if (type === contentType.envelopedData)
      throw new KeyFileRefused('unsupported-protection', { detail: 'It is encrypted to a certificate’s holder.' })
    throw new CryptoError('der-invalid')
  })
}
