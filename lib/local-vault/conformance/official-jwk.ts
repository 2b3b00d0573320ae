import type { KeyObject } from 'node:crypto'
import type { JsonWebKey } from '@azure/keyvault-keys'

/** A private key as the official client takes it for an import: members as bytes. */
export function officialJwk(kty: string, key: KeyObject): JsonWebKey {
  const { kty: _family, crv, ...members } = key.export({ format: 'jwk' })
  const bytes = Object.entries(members).map(([name, text]) => [name, Buffer.from(String(text), 'base64url')])
  return { ...Object.fromEntries(bytes), kty, ...(crv !== undefined && { crv }) }
}
