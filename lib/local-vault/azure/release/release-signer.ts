import { createHash, X509Certificate } from 'node:crypto'
import { CompactSign } from 'jose'
import type { SigningAuthority } from '../../certificates/signing-authority'
import type { VaultKind } from '../vault-kind'

/** Signs the answer of a release: a compact JWS over the JSON, with the vault's chain in its header. */
export type ReleaseSigner = (payload: Record<string, unknown>) => Promise<string>

/** A Managed HSM's header was recorded with fewer members than a vault's is documented with. */
export function releaseSigner({ privateKey, chain }: SigningAuthority, kind: VaultKind): ReleaseSigner {
  const x5c = chain.map((pem) => new X509Certificate(pem).raw)
  const header = kind === 'azure-managed-hsm' ? hsmHeader(x5c) : vaultHeader(x5c)
  return (payload) =>
    new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'RS256', ...header })
      .sign(privateKey)
}

function vaultHeader(x5c: Buffer[]) {
  const sha1 = thumbprint(x5c, 'sha1')
  return {
    kid: sha1.toString('hex').toUpperCase(),
    x5t: sha1.toString('base64url'),
    typ: 'JWT',
    'x5t#S256': thumbprint(x5c, 'sha256').toString('base64url'),
    x5c: x5c.map(base64),
  }
}

function hsmHeader(x5c: Buffer[]) {
  return { kid: thumbprint(x5c, 'sha256').toString('base64url'), x5c: x5c.map(base64) }
}

function thumbprint([leaf = Buffer.alloc(0)]: Buffer[], hash: 'sha1' | 'sha256'): Buffer {
  return createHash(hash).update(leaf).digest()
}

const base64 = (bytes: Buffer) => bytes.toString('base64')
