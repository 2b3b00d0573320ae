import { type KeyObject, sign } from 'node:crypto'
import type { SigningAuthority } from '../../certificates/signing-authority'
import type { PublicPart, UnixSeconds, VersionRecord } from '../../store/records'

/** As it stands in `attributes.attestation`; the three byte values are base64url. */
export type KeyAttestation = {
  certificatePemFile: string
  privateKeyAttestation: string
  /** Symmetric keys have none. */
  publicKeyAttestation?: string
  version: string
}

/**
 * What the HSM says about a key. The service's blobs are its HSM maker's own binary form; ours are compact JWS (ES256) by the
 * installation's attestation authority, whose chain is the PEM beside them.
 */
export function attestationOf(
  authority: SigningAuthority,
  kid: string,
  record: VersionRecord,
  now: UnixSeconds,
): KeyAttestation {
  const common = {
    kid,
    kty: record.kty,
    key_ops: record.keyOps,
    exportable: record.exportable,
    created: record.created,
    iat: now,
  }
  const statement = (part: 'private' | 'public') =>
    toBase64Url(signJws(authority.privateKey, { part, ...common, ...shapeOf(record.publicPart) }))
  return {
    certificatePemFile: toBase64Url(authority.chain.join('')),
    privateKeyAttestation: statement('private'),
    ...(record.publicPart.family !== 'oct' && { publicKeyAttestation: statement('public') }),
    version: '1.0',
  }
}

/** Size or curve, and the public members by which the statement belongs to one key. */
function shapeOf(part: PublicPart): Record<string, unknown> {
  switch (part.family) {
    case 'RSA':
      return { key_size: part.bits, n: part.n, e: part.e }
    case 'EC':
      return { crv: part.curve, x: part.x, y: part.y }
    case 'oct':
      return { key_size: part.bits }
  }
}

const toBase64Url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url')

function signJws(key: KeyObject, payload: Record<string, unknown>): string {
  const header = { alg: 'ES256', typ: 'key-attestation+jwt' }
  const signed = `${toBase64Url(JSON.stringify(header))}.${toBase64Url(JSON.stringify(payload))}`
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
