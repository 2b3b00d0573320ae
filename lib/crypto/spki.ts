import { asSpkiDer, concatBytes, type SpkiDer } from './bytes'
import { CryptoError, type CryptoErrorCode } from './crypto-error'
import { decodePoint } from './curve-point'
import { curveByOid, curves } from './curves'
import {
  type DerElement,
  derBitString,
  derChildren,
  derObjectIdentifier,
  derTag,
  derUnsignedInteger,
  expectTag,
  readDer,
} from './der-reader'
import {
  writeDerBitString,
  writeDerNull,
  writeDerObjectIdentifier,
  writeDerSequence,
  writeDerUnsignedInteger,
} from './der-writer'
import {
  type JwkLike,
  type PublicJwk,
  type PublicKey,
  publicKeyFromJwk,
  publicKeyToJwk,
  rsaPublicKey,
} from './public-key'

const oid = { rsaEncryption: '1.2.840.113549.1.1.1', ecPublicKey: '1.2.840.10045.2.1' }

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1; RSA: RFC 3279 2.3.1; EC on a named curve: RFC 5480).
 * Throws `spki-invalid`, `spki-unsupported` for other algorithms and curves, or `point-not-on-curve`.
 */
export function parseSpki(der: Uint8Array): PublicKey {
  return refusing(() => {
    const [algorithm, key, ...more] = derChildren(expectTag(readDer(der), derTag.sequence))
    const [name, parameters, ...extra] = derChildren(expectTag(algorithm, derTag.sequence))
    if (more.length > 0 || extra.length > 0) throw new CryptoError('spki-invalid')
    return readKey(derObjectIdentifier(name), parameters, derBitString(key))
  })
}

function readKey(algorithm: string, parameters: DerElement | undefined, key: Uint8Array): PublicKey {
  if (algorithm === oid.rsaEncryption) {
    if (parameters !== undefined) expectTag(parameters, derTag.null)
    return readRsaPublicKey(key)
  }
  if (algorithm !== oid.ecPublicKey || parameters?.tag !== derTag.objectIdentifier) {
    throw new CryptoError('spki-unsupported')
  }
  const curve = curveByOid(derObjectIdentifier(parameters))
  if (curve === undefined) throw new CryptoError('spki-unsupported')
  return { kind: 'ec', curve, ...decodePoint(curve, key) }
}

function readRsaPublicKey(der: Uint8Array): PublicKey {
  const [n, e, ...more] = derChildren(expectTag(readDer(der), derTag.sequence))
  if (more.length > 0) throw new CryptoError('spki-invalid')
  return rsaPublicKey(derUnsignedInteger(n), derUnsignedInteger(e))
}

/** Reads a PKCS#1 RSAPublicKey (`BEGIN RSA PUBLIC KEY`). Throws `spki-invalid`. */
export const parsePkcs1PublicKey = (der: Uint8Array): PublicKey => refusing(() => readRsaPublicKey(der))

const malformedCodes: ReadonlySet<CryptoErrorCode> = new Set(['der-invalid', 'der-too-wide', 'jwk-invalid'])

/** Malformed parts of any depth make the whole a bad SubjectPublicKeyInfo; other codes pass. */
function refusing(read: () => PublicKey): PublicKey {
  try {
    return read()
  } catch (cause) {
    const malformed = cause instanceof CryptoError && malformedCodes.has(cause.code)
    throw malformed ? new CryptoError('spki-invalid', { cause }) : cause
  }
}

/** The one DER of a public key: named curve, uncompressed point, so that its SHA-256 is comparable. */
export function encodeSpki(key: PublicKey): SpkiDer {
  if (key.kind === 'rsa') {
    const algorithm = writeDerSequence(writeDerObjectIdentifier(oid.rsaEncryption), writeDerNull())
    const numbers = writeDerSequence(writeDerUnsignedInteger(key.n), writeDerUnsignedInteger(key.e))
    return asSpkiDer(writeDerSequence(algorithm, writeDerBitString(numbers)))
  }
  const algorithm = writeDerSequence(
    writeDerObjectIdentifier(oid.ecPublicKey),
    writeDerObjectIdentifier(curves[key.curve].oid),
  )
  return asSpkiDer(writeDerSequence(algorithm, writeDerBitString(concatBytes(Uint8Array.of(4), key.x, key.y))))
}

/** SubjectPublicKeyInfo DER of a JWK (also a vault's, with `RSA-HSM` or `P-256K`). */
export const jwkToSpki = (jwk: JwkLike): SpkiDer => encodeSpki(publicKeyFromJwk(jwk))

/** Public JWK of a SubjectPublicKeyInfo DER. */
export const spkiToJwk = (der: Uint8Array): PublicJwk => publicKeyToJwk(parseSpki(der))
