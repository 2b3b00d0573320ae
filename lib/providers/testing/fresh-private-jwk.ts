import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type Bytes, copyBytes } from '@/lib/crypto'
import type { PrivateJwk } from '@/lib/domain/imports/private-jwk'

/** A new private key's members, made by OpenSSL (through Node): RSA 2048, P-256, or AES-256. */
export function freshPrivateJwk(kty: PrivateJwk['kty']): PrivateJwk {
  if (kty === 'oct') return { kty, k: copyBytes(randomBytes(32)) }
  const pair =
    kty === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = pair.privateKey.export({ format: 'jwk' })
  const of = (text: string | undefined): Bytes => copyBytes(Buffer.from(text ?? '', 'base64url'))
  if (kty === 'EC') return { kty, crv: 'P-256', x: of(jwk.x), y: of(jwk.y), d: of(jwk.d) }
  const { n, e, d, p, q, dp, dq, qi } = jwk
  return { kty, n: of(n), e: of(e), d: of(d), p: of(p), q: of(q), dp: of(dp), dq: of(dq), qi: of(qi) }
}
