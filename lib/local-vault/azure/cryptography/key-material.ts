import { createECDH, createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Curve, PublicPart } from '../../store/records'
import { badKey, Fault } from '../fault'
import { curveNames, curves, octSizes, rsaSizes } from '../key-types'
import { rsaPkcs8 } from './rsa-pkcs8'

/** `secret` is PKCS#8 DER, or the raw bytes of a symmetric key. */
export type KeyMaterial = { publicPart: PublicPart; secret: Buffer }

export function materialOfOct(bytes: Buffer): KeyMaterial {
  if (!octSizes.includes(bytes.length * 8)) throw badKey()
  return { publicPart: { family: 'oct', bits: bytes.length * 8 }, secret: Buffer.from(bytes) }
}

/** Checks a private key and derives its public half anew: what came beside it is compared, never believed. */
export function materialOfPrivateKey(key: KeyObject): KeyMaterial {
  try {
    if (key.asymmetricKeyType === 'rsa') return materialOfRsa(key)
    if (key.asymmetricKeyType === 'ec') return materialOfEc(key)
  } catch (error) {
    // node:crypto throws for curves without a JWK name and for scalars outside the group's order.
    if (!(error instanceof Fault)) throw badKey()
    throw error
  }
  throw badKey()
}

function materialOfRsa(key: KeyObject): KeyMaterial {
  const jwk = key.export({ format: 'jwk' })
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (!rsaSizes.includes(bits) || !isConsistentRsa(jwk)) throw badKey()
  return { publicPart: { family: 'RSA', bits, n: jwk.n ?? '', e: jwk.e ?? '' }, secret: rsaPkcs8(jwk) }
}

/** Two primes that make the modulus, and exponents that belong to them. Multi-prime keys fail at the first. */
function isConsistentRsa(jwk: JsonWebKey): boolean {
  const [n, e, d, p, q] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q].map(toBigInt)
  const [dp, dq, qi] = [jwk.dp, jwk.dq, jwk.qi].map(toBigInt)
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi) return false
  if (p < 3n || q < 3n || p * q !== n || e < 3n || e % 2n === 0n) return false
  const exponentsFit = (e * d) % (p - 1n) === 1n && (e * d) % (q - 1n) === 1n
  return exponentsFit && d % (p - 1n) === dp && d % (q - 1n) === dq && (q * qi) % p === 1n
}

function toBigInt(text: string | undefined): bigint {
  const hex = Buffer.from(text ?? '', 'base64url').toString('hex')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

function materialOfEc(key: KeyObject): KeyMaterial {
  // Throws for a scalar longer than the curve's order, for which exporting a JWK ends the whole process (an assertion of Node's).
  key.export({ format: 'der', type: 'sec1' })
  const jwk = key.export({ format: 'jwk' })
  const curve = curveNames.find((name) => curves[name].jwk === jwk.crv)
  if (!curve) throw badKey()
  const { x, y } = publicPoint(curve, Buffer.from(jwk.d ?? '', 'base64url'))
  if (x !== jwk.x || y !== jwk.y) throw badKey()
  // Exported anew, so that every stored key carries its public half, whatever the token left out.
  const whole = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: curves[curve].jwk, x, y, d: jwk.d } })
  return { publicPart: { family: 'EC', curve, x, y }, secret: whole.export({ format: 'der', type: 'pkcs8' }) }
}

function publicPoint(curve: Curve, scalar: Buffer): { x: string; y: string } {
  const { openssl, bytes } = curves[curve]
  const ecdh = createECDH(openssl)
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey()
  return { x: point.subarray(1, 1 + bytes).toString('base64url'), y: point.subarray(1 + bytes).toString('base64url') }
}
