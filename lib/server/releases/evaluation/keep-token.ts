import 'server-only'
import { createHash } from 'node:crypto'
import { Prisma } from '../../db/generated/client'
import type { Statements } from '../../db/statements'

export const tokenDigest = (token: string): string => createHash('sha256').update(token.trim()).digest('hex')

/** Keeps a token as evidence, once, in the caller's transaction. Its digest. */
export async function keepToken(tx: Statements, token: string, at: Date): Promise<string> {
  const sha256 = tokenDigest(token)
  await tx.$queryRaw(Prisma.sql`
    INSERT INTO attestation_token (sha256, text, kept_at) VALUES (${sha256}, ${token.trim()}, ${at})
    ON CONFLICT (sha256) DO NOTHING RETURNING sha256`)
  return sha256
}
