import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { type Environment, environmentOf, environmentText } from '@/lib/domain/releases/environment'
import type { KnownEnvironment } from '@/lib/domain/releases/history/evaluation-views'

const schema: z.ZodType<Environment> = z.object({
  authority: z.string(),
  type: z.string().nullable(),
  measured: z.array(z.object({ claim: z.string(), value: z.string() })),
})

/** What a token says that it ran in, by which it is known again. */
export function knownEnvironment(token: Pick<DecodedToken, 'issuer' | 'claims'>): KnownEnvironment {
  const sha256 = createHash('sha256').update(environmentText(token)).digest('hex')
  return { sha256, ...environmentOf(token) }
}

/** As it was kept; null: evaluated before environments were. */
export function readEnvironment(stored: unknown, sha256: string | null): KnownEnvironment | null {
  return sha256 === null ? null : { sha256, ...schema.parse(stored) }
}
