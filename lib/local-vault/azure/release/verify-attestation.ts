import { type KeyObject, X509Certificate } from 'node:crypto'
import { decodeJwt, errors, type JWTHeaderParameters, jwtVerify } from 'jose'
import type { VerifiedToken } from '@/lib/domain/releases/evaluate-policy'
import { fetchIssuerKeys, type IssuerKey } from './fetch-issuer'

export type AttestationRefusal = 'unreachable' | 'unverified'
export type AttestationCheck = { ok: true; token: VerifiedToken } | { ok: false; refusal: AttestationRefusal }

/** Clocks of the issuer and the vault may differ by this much. */
const clockToleranceSeconds = 5

/** The issuer that a token names, believed by nobody yet; undefined where the text is no such token. */
export function issuerOf(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token)
    return typeof iss === 'string' && iss !== '' ? iss : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
    throw error
  }
}

/**
 * Verifies an attestation token: its issuer's metadata and keys are fetched, the key is chosen by kid and taken from its
 * certificate, signature (RS256), issuer and times are checked. `jku`, `jwk` and `x5c` in the token's own header are not looked at:
 * who wrote the token wrote them, too.
 */
export async function verifyAttestation(token: string, issuer: string, nowSeconds: number): Promise<AttestationCheck> {
  const keys = await fetchIssuerKeys(issuer)
  if (!keys) return { ok: false, refusal: 'unreachable' }
  try {
    const { payload } = await jwtVerify(token, (header) => keyFor(header, keys), {
      algorithms: ['RS256'],
      issuer,
      requiredClaims: ['exp'],
      currentDate: new Date(nowSeconds * 1000),
      clockTolerance: clockToleranceSeconds,
    })
    return { ok: true, token: { issuer, claims: payload } }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof UnusableKey) return { ok: false, refusal: 'unverified' }
    throw error
  }
}

class UnusableKey extends Error {}

function keyFor({ kid }: JWTHeaderParameters, keys: IssuerKey[]): KeyObject {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (kid === undefined || !key) throw new UnusableKey('The issuer has no such key.')
  const publicKey = publicKeyOf(key)
  if (publicKey.asymmetricKeyType !== 'rsa' || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw new UnusableKey('The issuer’s key is too weak.')
  return publicKey
}

function publicKeyOf({ x5c: [leaf = ''] }: IssuerKey): KeyObject {
  try {
    return new X509Certificate(Buffer.from(leaf, 'base64')).publicKey
  } catch (cause) {
    throw new UnusableKey('The issuer’s certificate can’t be read.', { cause })
  }
}
