import 'server-only'
import { jwkSpkiSha256Hex } from '@/lib/crypto'
import type { VaultKey } from '@/lib/providers/port'
import type { Prisma } from '../db/generated/client'

export interface KekFacts {
  version: string
  kid: string
  bits: number
  publicJwk: Prisma.InputJsonObject
  spkiSha256: string
  expiresAt: Date | null
}

/** What is recorded of a KEK as the vault showed it. Null when it is no RSA key: then it is no KEK. */
export async function readKekFacts(key: VaultKey): Promise<KekFacts | null> {
  const jwk = key.publicJwk
  if (!jwk || !('n' in jwk)) return null
  return {
    version: key.version,
    kid: key.kid,
    bits: Number(key.sizeOrCurve),
    publicJwk: { ...jwk },
    spkiSha256: await jwkSpkiSha256Hex(jwk),
    expiresAt: key.attributes.expiresAt,
  }
}
