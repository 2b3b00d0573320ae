import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { Prisma } from '../db/generated/client'
import { spkiSha256Of } from '../inventory/public-facts'

export interface KekFacts {
  version: string
  kid: string
  bits: number
  publicJwk: Prisma.InputJsonObject
  spkiSha256: string
  expiresAt: Date | null
}

/** What is recorded of a KEK as the vault showed it. Null when it is no RSA key: then it is no KEK. */
export function readKekFacts(key: VaultKey): KekFacts | null {
  const jwk = key.publicJwk
  if (!jwk || !('n' in jwk)) return null
  return {
    version: key.version,
    kid: key.kid,
    bits: Number(key.sizeOrCurve),
    publicJwk: { ...jwk },
    spkiSha256: spkiSha256Of(jwk),
    expiresAt: key.attributes.expiresAt,
  }
}
