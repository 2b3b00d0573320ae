import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { JWK } from 'jose'
import type { SigningAuthority } from '../certificates/signing-authority'

/** What signs attestation tokens, and how it is published: kid, kty and a chain, as the service demands of any issuer. */
export type TokenSigner = { kid: string; privateKey: KeyObject; jwk: JWK }

export function tokenSigner({ privateKey, chain }: SigningAuthority): TokenSigner {
  const certificates = chain.map((pem) => new X509Certificate(pem))
  const kid = (certificates[0]?.fingerprint256 ?? '').replaceAll(':', '').toLowerCase()
  const { n, e } = createPublicKey(privateKey).export({ format: 'jwk' })
  const x5c = certificates.map(({ raw }) => raw.toString('base64'))
  return { kid, privateKey, jwk: { kty: 'RSA', kid, use: 'sig', alg: 'RS256', n: n ?? '', e: e ?? '', x5c } }
}
