import type { SpkiDer } from './bytes'
import { CryptoError } from './crypto-error'
import { derChildren, derTag, expectTag, readDer } from './der-reader'
import { encodeSpki, parseSpki } from './spki'

const explicitVersion = 0xa0

/**
 * The public key of an X.509 certificate's DER (RFC 5280 section 4.1). The signature is not verified: the certificate
 * is only the envelope in which a device hands out its public key. Throws `certificate-invalid`, or `parseSpki`'s codes.
 */
export const spkiOfCertificate = (der: Uint8Array): SpkiDer => encodeSpki(parseSpki(subjectPublicKeyInfo(der)))

function subjectPublicKeyInfo(der: Uint8Array): Uint8Array {
  try {
    const [toBeSigned] = derChildren(expectTag(readDer(der), derTag.sequence))
    const fields = derChildren(expectTag(toBeSigned, derTag.sequence))
    // serial, signature, issuer, validity, subject, then the key; a version comes first except in v1.
    const index = fields[0]?.tag === explicitVersion ? 6 : 5
    expectTag(fields[index - 5], derTag.integer)
    return expectTag(fields[index], derTag.sequence).octets
  } catch (cause) {
    throw new CryptoError('certificate-invalid', { cause })
  }
}
