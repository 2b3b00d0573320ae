import type { SpkiDer } from './bytes'
import { spkiOfCertificate } from './certificate'
import { CryptoError } from './crypto-error'
import { derChildren, derTag, readDer } from './der-reader'
import { type PemBlock, readPem } from './pem'
import { encodeSpki, parsePkcs1PublicKey, parseSpki } from './spki'

/** What kind of file a public key came in. */
export type PublicKeyFileFormat = 'pem-public-key' | 'pem-certificate' | 'der-public-key' | 'der-certificate'
export type PublicKeyFile = { format: PublicKeyFileFormat; spki: SpkiDer }

/**
 * The public key in a file as HSMs export it: PEM or DER; SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate.
 * Throws `private-key-given`, `public-key-unrecognised`, or the code of what is wrong with a recognised one.
 */
export function readPublicKeyFile(bytes: Uint8Array): PublicKeyFile {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('-----BEGIN ')) return readBlock(readPem(text))
  if (isPkcs8(bytes)) throw new CryptoError('private-key-given')
  const spki = attempt(() => encodeSpki(parseSpki(bytes))) ?? attempt(() => encodeSpki(parsePkcs1PublicKey(bytes)))
  if (spki !== undefined) return { format: 'der-public-key', spki }
  const certified = attempt(() => spkiOfCertificate(bytes))
  if (certified !== undefined) return { format: 'der-certificate', spki: certified }
  throw new CryptoError('public-key-unrecognised')
}

function readBlock({ label, bytes }: PemBlock): PublicKeyFile {
  if (label.endsWith('PRIVATE KEY')) throw new CryptoError('private-key-given')
  if (label === 'PUBLIC KEY') return { format: 'pem-public-key', spki: encodeSpki(parseSpki(bytes)) }
  if (label === 'RSA PUBLIC KEY') return { format: 'pem-public-key', spki: encodeSpki(parsePkcs1PublicKey(bytes)) }
  if (/^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label)) {
    return { format: 'pem-certificate', spki: spkiOfCertificate(bytes) }
  }
  throw new CryptoError('public-key-unrecognised')
}

/** PKCS#8 (RFC 5208): a version, an algorithm and an OCTET STRING. */
function isPkcs8(bytes: Uint8Array): boolean {
  try {
    const [version, algorithm, key] = derChildren(readDer(bytes))
    return version?.tag === derTag.integer && algorithm?.tag === derTag.sequence && key?.tag === derTag.octetString
  } catch {
    // Not DER is an answer here.
    return false
  }
}

/** One reading among several: that it does not apply is an answer; only what says more than that is passed on. */
function attempt(read: () => SpkiDer): SpkiDer | undefined {
  try {
    return read()
  } catch (cause) {
    const refused = cause instanceof CryptoError
    if (refused && cause.code !== 'spki-unsupported' && cause.code !== 'point-not-on-curve') return undefined
    throw cause
  }
}
