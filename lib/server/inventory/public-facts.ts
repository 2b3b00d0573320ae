import 'server-only'
import { encodeSpki, type JwkLike, jwkSpkiSha256Hex, jwkThumbprint, publicKeyFromJwk, writePem } from '@/lib/crypto'

export interface PublicFacts {
  spkiSha256: string
  jwkThumbprint: string
}

/** The digests by which people compare a public key; null for a symmetric key, and for one we can't read. */
export async function publicFacts(jwk: JwkLike | null): Promise<PublicFacts | null> {
  if (!jwk) return null
  const [spkiSha256, thumbprint] = await Promise.all([jwkSpkiSha256Hex(jwk), jwkThumbprint(jwk)])
  return { spkiSha256, jwkThumbprint: thumbprint }
}

/** The public key as people exchange it. */
export function publicKeyPem(jwk: JwkLike | null): string | null {
  return jwk ? writePem('PUBLIC KEY', encodeSpki(publicKeyFromJwk(jwk))) : null
}
