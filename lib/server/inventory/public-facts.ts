import 'server-only'
import { encodeSpki, type JwkLike, publicKeyFromJwk, thumbprintText, writePem } from '@/lib/crypto'
import { sha256Base64Url, sha256Hex } from '../digest'

export interface PublicFacts {
  spkiSha256: string
  jwkThumbprint: string
}

/** The digests by which people compare a public key; null for a symmetric key, and for one we can't read. */
export function publicFacts(jwk: JwkLike | null): PublicFacts | null {
  if (!jwk) return null
  return { spkiSha256: spkiSha256Of(jwk), jwkThumbprint: sha256Base64Url(thumbprintText(jwk)) }
}

/** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. */
export function spkiSha256Of(jwk: JwkLike): string {
  return sha256Hex(encodeSpki(publicKeyFromJwk(jwk)))
}

/** The public key as people exchange it. */
export function publicKeyPem(jwk: JwkLike | null): string | null {
  return jwk ? writePem('PUBLIC KEY', encodeSpki(publicKeyFromJwk(jwk))) : null
}
