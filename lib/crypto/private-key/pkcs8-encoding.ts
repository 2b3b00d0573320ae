import { toBytes } from '../big-integer'
import { asPkcs8Der, concatBytes, type Pkcs8Der, wipe } from '../bytes'
import type { CurvePoint } from '../curve-point'
import { type CurveName, curves } from '../curves'
import { derTag } from '../der-reader'
import {
  writeDer,
  writeDerBitString,
  writeDerNull,
  writeDerObjectIdentifier,
  writeDerSequence,
  writeDerUnsignedInteger,
} from '../der-writer'
import type { RsaKey } from './rsa-key'

const oid = { rsaEncryption: '1.2.840.113549.1.1.1', ecPublicKey: '1.2.840.10045.2.1' }

/** PKCS#8 of an RSA key with all CRT members (RFC 5208, RFC 8017 A.1.2), byte for byte as OpenSSL writes it. */
export function encodeRsaPkcs8({ n, e, d, p, q, dp, dq, qi }: RsaKey): Pkcs8Der {
  const magnitudes = [0n, n, e, d, p, q, dp, dq, qi].map(toBytes)
  const numbers = magnitudes.map(writeDerUnsignedInteger)
  const key = writeDerSequence(...numbers)
  wipe(...magnitudes, ...numbers)
  return encode(writeDerSequence(writeDerObjectIdentifier(oid.rsaEncryption), writeDerNull()), key)
}

/**
 * PKCS#8 of an EC key on a named curve (RFC 5208, RFC 5915): `d` of the curve's full length, the curve named in the
 * algorithm alone, and the public half where it is given; byte for byte as OpenSSL writes it.
 */
export function encodeEcPkcs8(curve: CurveName, d: Uint8Array, point?: CurvePoint): Pkcs8Der {
  const octets = writeDer(derTag.octetString, d)
  const publicHalf = point ? [writeDer(0xa1, writeDerBitString(concatBytes(Uint8Array.of(4), point.x, point.y)))] : []
  const key = writeDerSequence(writeDerUnsignedInteger(Uint8Array.of(1)), octets, ...publicHalf)
  wipe(octets)
  const algorithm = [writeDerObjectIdentifier(oid.ecPublicKey), writeDerObjectIdentifier(curves[curve].oid)]
  return encode(writeDerSequence(...algorithm), key)
}

/** PrivateKeyInfo of version 0 without attributes. `key` is filled with zeros. */
function encode(algorithm: Uint8Array, key: Uint8Array): Pkcs8Der {
  const octets = writeDer(derTag.octetString, key)
  const der = writeDerSequence(writeDerUnsignedInteger(Uint8Array.of(0)), algorithm, octets)
  wipe(octets, key)
  return asPkcs8Der(der)
}
