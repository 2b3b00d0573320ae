import { decodeBase64Url, encodeBase64Url } from './base64'
import type { Bytes } from './bytes'
import { CryptoError } from './crypto-error'
import { type CurvePoint, isOnCurve } from './curve-point'
import { type CurveName, curveByName, curves } from './curves'

/** A public key's numbers: big-endian, RSA's without leading zeros, coordinates of full size. */
export type RsaPublicKey = { kind: 'rsa'; n: Bytes; e: Bytes; modulusBits: number }
export type EcPublicKey = { kind: 'ec'; curve: CurveName } & CurvePoint
export type PublicKey = RsaPublicKey | EcPublicKey

/** Public JWKs as RFC 7518 and RFC 8812 write them (`crv` is `secp256k1`, not the vaults' `P-256K`). */
export type RsaPublicJwk = { kty: 'RSA'; n: string; e: string }
export type EcPublicJwk = { kty: 'EC'; crv: (typeof curves)[CurveName]['jose']; x: string; y: string }
export type PublicJwk = RsaPublicJwk | EcPublicJwk

/** What a vault or a person may hand in: `-HSM` key types and the vaults' curve names are understood. */
export type JwkLike = { kty?: string; n?: string; e?: string; crv?: string; x?: string; y?: string }

/** An RSA public key from its numbers. Throws `jwk-invalid` for what can't be one (even, e below 3, absurd sizes). */
export function rsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): RsaPublicKey {
  const [n, e] = [withoutLeadingZeros(modulus), withoutLeadingZeros(exponent)]
  const modulusBits = n.length === 0 ? 0 : 8 * n.length - Math.clz32(n[0] ?? 0) + 24
  const odd = ((n.at(-1) ?? 0) & 1) === 1 && ((e.at(-1) ?? 0) & 1) === 1
  const exponentFits = e.length > 1 ? e.length <= 8 : (e[0] ?? 0) >= 3
  if (!odd || !exponentFits || modulusBits < 512 || modulusBits > 16384) throw new CryptoError('jwk-invalid')
  return { kind: 'rsa', n, e, modulusBits }
}

/** An EC public key from its coordinates, short ones padded. Throws `point-not-on-curve`. */
export function ecPublicKey(curve: CurveName, x: Uint8Array, y: Uint8Array): EcPublicKey {
  const point = { x: toCoordinate(x, curve), y: toCoordinate(y, curve) }
  if (!isOnCurve(curve, point)) throw new CryptoError('point-not-on-curve')
  return { kind: 'ec', curve, ...point }
}

/** A public key from a JWK, private members ignored. Throws `jwk-invalid` or `point-not-on-curve`. */
export function publicKeyFromJwk(jwk: JwkLike): PublicKey {
  const kty = jwk.kty?.replace(/-HSM$/, '')
  if (kty === 'RSA' && jwk.n !== undefined && jwk.e !== undefined) {
    return rsaPublicKey(decodeMember(jwk.n), decodeMember(jwk.e))
  }
  const curve = curveByName(jwk.crv ?? '')
  if (kty === 'EC' && curve !== undefined && jwk.x !== undefined && jwk.y !== undefined) {
    return ecPublicKey(curve, decodeMember(jwk.x), decodeMember(jwk.y))
  }
  throw new CryptoError('jwk-invalid')
}

/** The public JWK: required members only, in RFC 7638's order. */
export function publicKeyToJwk(key: PublicKey): PublicJwk {
  if (key.kind === 'rsa') return { kty: 'RSA', n: encodeBase64Url(key.n), e: encodeBase64Url(key.e) }
  return { kty: 'EC', crv: curves[key.curve].jose, x: encodeBase64Url(key.x), y: encodeBase64Url(key.y) }
}

function decodeMember(text: string): Bytes {
  try {
    return decodeBase64Url(text)
  } catch (cause) {
    throw new CryptoError('jwk-invalid', { cause })
  }
}

function withoutLeadingZeros(bytes: Uint8Array): Bytes {
  const start = bytes.findIndex((byte) => byte !== 0)
  return new Uint8Array(start < 0 ? [] : bytes.subarray(start))
}

function toCoordinate(bytes: Uint8Array, curve: CurveName): Bytes {
  const size = curves[curve].coordinateBytes
  const significant = withoutLeadingZeros(bytes)
  if (significant.length > size) throw new CryptoError('point-not-on-curve')
  const coordinate = new Uint8Array(size)
  coordinate.set(significant, size - significant.length)
  return coordinate
}
