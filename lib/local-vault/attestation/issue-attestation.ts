import { randomBytes } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint } from 'jose'
import { type LayoutName, layouts } from './layouts'
import { type Claims, mergeClaims } from './merge-claims'
import type { TokenSigner } from './token-signer'

/** As of the real service. */
export const attestationLifetimeSeconds = 8 * 3600

/** A public key of the environment, as a JWK. */
export type EnvironmentKey = Claims & { kty: string }

export type AttestationWish = { layout: LayoutName; claims: Claims; key: EnvironmentKey | undefined }

export type AttestationAuthority = {
  /** The issuer, and where its metadata lies. */
  url: string
  signer: () => TokenSigner
  /** Milliseconds. */
  now: () => number
}

/** A token of the wanted layout, signed; what the caller claims lies over everything, the issuer and the times included. */
export async function issueAttestation(authority: AttestationAuthority, wish: AttestationWish): Promise<string> {
  const { kid, privateKey } = authority.signer()
  const keys = wish.key ? [await named(wish.key, wish.layout)] : []
  const template = mergeClaims(layouts[wish.layout].claims(), { 'x-ms-runtime': { keys } })
  const claims = mergeClaims({ ...template, ...standardClaims(authority) }, wish.claims)
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', jku: `${authority.url}/certs`, kid, typ: 'JWT' })
    .sign(privateKey)
}

function standardClaims({ url, now }: AttestationAuthority): Claims {
  const seconds = Math.floor(now() / 1000)
  return {
    iss: url,
    iat: seconds,
    nbf: seconds,
    exp: seconds + attestationLifetimeSeconds,
    jti: randomBytes(32).toString('hex'),
    'x-ms-policy-hash': 'wm9mHlvTU82e8UqoOy1Yj1FBRSNkfe99-69IYDq9eWs',
    'x-ms-ver': '1.0',
  }
}

/** With a kid, and marked for encryption where it carries no mark at all. */
async function named(key: EnvironmentKey, layout: LayoutName): Promise<Claims> {
  const naming = layouts[layout].kid
  const kid = key.kid ?? (naming === 'thumbprint' ? await calculateJwkThumbprint(key) : naming)
  const isMarked = 'use' in key || 'key_use' in key || 'key_ops' in key
  return { ...key, kid, ...(isMarked ? {} : { key_ops: ['encrypt'] }) }
}
