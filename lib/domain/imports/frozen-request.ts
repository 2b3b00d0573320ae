import canonicalize from 'canonicalize'
import { z } from 'zod'

/**
 * What an approval covers: RFC 8785 canonical JSON of this, by its SHA-256.
 * Times are Unix seconds, as the vault stores them.
 */
export const frozenRequestSchema = z.object({
  schema: z.literal('drawbridge/import/1'),
  importId: z.uuid(),
  importer: z.object({ issuer: z.string(), subject: z.string() }),
  vaultUrl: z.string(),
  name: z.string(),
  kid: z.string(),
  kty: z.string(),
  sizeOrCurve: z.string(),
  keyOps: z.array(z.string()),
  nbf: z.number().int().nullable(),
  exp: z.number().int().nullable(),
  exportable: z.boolean(),
  releasePolicySha256: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  fileSha256: z.string(),
  kekKid: z.string(),
  /** As read back from the vault; null for a symmetric key. */
  publicKeySha256: z.string().nullable(),
})
export type FrozenRequest = z.infer<typeof frozenRequestSchema>

/** To enable again what was stopped. */
export const frozenEnableSchema = z.object({
  schema: z.literal('drawbridge/enable/1'),
  enableRequestId: z.uuid(),
  requester: z.object({ issuer: z.string(), subject: z.string() }),
  vaultUrl: z.string(),
  name: z.string(),
  kid: z.string(),
  kty: z.string(),
  sizeOrCurve: z.string().nullable(),
  keyOps: z.array(z.string()),
  nbf: z.number().int().nullable(),
  exp: z.number().int().nullable(),
  publicKeySha256: z.string().nullable(),
})
export type FrozenEnable = z.infer<typeof frozenEnableSchema>

/** RFC 8785. Arrays keep their order, so operations are sorted before they come here. */
export function canonicalText(value: FrozenRequest | FrozenEnable): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('a frozen request always has a canonical form')
  return text
}
