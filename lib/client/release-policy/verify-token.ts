import { copyBytes } from '@/lib/crypto/bytes'
import type { PublicKey } from '@/lib/crypto/public-key'
import { encodeSpki } from '@/lib/crypto/spki'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import type { TrustedKey } from './trusted-keys'

/** What a token's signature is worth, by the keys that were given. */
export type SignatureVerdict =
  | 'verified'
  | 'algorithm-refused'
  | 'no-such-key'
  | 'key-of-another-kind'
  | 'weak-key'
  | 'wrong'
  | 'not-possible-here'

export const SIGNATURE_WORDS = {
  verified: 'Signed by a key that you gave.',
  'algorithm-refused': 'Its algorithm is none of RS256, PS256 and ES256.',
  'no-such-key': 'None of the keys that you gave has its “kid”.',
  'key-of-another-kind': 'The key with its “kid” is for another algorithm than the token names.',
  'weak-key': 'The key with its “kid” is shorter than 2048 bits.',
  wrong: 'The signature is wrong: the token was changed, or another key signed it.',
  'not-possible-here': 'This browser verifies nothing on a page without https.',
} as const satisfies Record<SignatureVerdict, string>

type Algorithm = {
  fits: (key: PublicKey) => boolean
  imported: RsaHashedImportParams | EcKeyImportParams
  verified: AlgorithmIdentifier | RsaPssParams | EcdsaParams
}

const isRsa = (key: PublicKey) => key.kind === 'rsa'
const sha256 = 'SHA-256'

/** Nothing else is taken: least of all one that would make a public key a shared secret (HS256). */
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  [
    'RS256',
    { fits: isRsa, imported: { name: 'RSASSA-PKCS1-v1_5', hash: sha256 }, verified: { name: 'RSASSA-PKCS1-v1_5' } },
  ],
  [
    'PS256',
    { fits: isRsa, imported: { name: 'RSA-PSS', hash: sha256 }, verified: { name: 'RSA-PSS', saltLength: 32 } },
  ],
  [
    'ES256',
    {
      fits: (key: PublicKey) => key.kind === 'ec' && key.curve === 'P-256',
      imported: { name: 'ECDSA', namedCurve: 'P-256' },
      verified: { name: 'ECDSA', hash: sha256 },
    },
  ],
])

/**
 * Verifies a token's signature (RFC 7515, 5.2) in this tab, by keys that were given and never by one that the token brings along
 * (`jwk`, `jku`, `x5c`): whoever wrote the token wrote those, too. Issuer and times are not looked at.
 */
export async function verifyToken(token: DecodedToken, keys: readonly TrustedKey[]): Promise<SignatureVerdict> {
  const algorithm = algorithms.get(token.algorithm)
  if (!algorithm) return 'algorithm-refused'
  const named = keys.filter(({ kid }) => kid === null || token.keyId === null || kid === token.keyId)
  if (named.length === 0) return 'no-such-key'
  const fitting = named.filter(
    ({ alg, publicKey }) => (alg === null || alg === token.algorithm) && algorithm.fits(publicKey),
  )
  if (fitting.length === 0) return 'key-of-another-kind'
  const strong = fitting.filter(({ publicKey }) => publicKey.kind !== 'rsa' || publicKey.n.length >= 256)
  if (strong.length === 0) return 'weak-key'
  if (!isPossibleHere()) return 'not-possible-here'
  for (const { publicKey } of strong) if (await isSignedBy(token, publicKey, algorithm)) return 'verified'
  return 'wrong'
}

/** WebCrypto is missing where a page came over plain http from elsewhere. */
const isPossibleHere = () => typeof crypto === 'object' && 'subtle' in crypto && Boolean(crypto.subtle)

async function isSignedBy({ signed, signature }: DecodedToken, key: PublicKey, { imported, verified }: Algorithm) {
  const publicKey = await crypto.subtle.importKey('spki', copyBytes(encodeSpki(key)), imported, false, ['verify'])
  return crypto.subtle.verify(verified, publicKey, signature, new TextEncoder().encode(signed))
}
