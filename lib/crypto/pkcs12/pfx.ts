import { CryptoError } from '../crypto-error'
import { type DerElement, derChildren, derTag, derUnsignedInteger, expectTag } from '../der-reader'
import type { KdfLimits } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import { contentType, readContentInfo } from './content-info'
import { withExtractCommand } from './extract-command'
import { type MacData, readMacData } from './mac-data'

/** PFX (RFC 7292 section 4). `safe`: AuthenticatedSafe's octets, which the MAC is over. */
export interface Pfx {
  safe: Uint8Array
  mac: MacData | undefined
}

/** Throws `KeyFileRefused` and `der-invalid`. */
export function readPfx(element: DerElement, limits: KdfLimits): Pfx {
  const [version, safe, mac, ...more] = derChildren(expectTag(element, derTag.sequence))
  if (more.length > 0 || derUnsignedInteger(version)[0] !== 3) throw new CryptoError('der-invalid')
  const { type, content } = readContentInfo(safe)
  if (type === contentType.signedData)
    throw new KeyFileRefused('unsupported-protection', {
      detail: 'It is signed by a certificate, not by a passphrase.',
    })
  if (type !== contentType.data) throw new CryptoError('der-invalid')
  return {
    safe: expectTag(content, derTag.octetString).content,
    mac: mac && withExtractCommand(() => readMacData(mac, limits)),
  }
}
