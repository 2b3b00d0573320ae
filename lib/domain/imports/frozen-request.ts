import canonicalize from 'canonicalize'
import { z } from 'zod'
import type { FrozenPolicyChange } from '../releases/frozen-policy-change'
import { IMPORT_ORIGINS } from './origin'

/**
 * What an approval covers: RFC 8785 canonical JSON of this, by its SHA-256.
 * Times are Unix seconds, as the vault stores them.
 */
const importSchema = z.object({
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
  /** Null for a key that came over TLS. */
  fileSha256: z.string().nullable(),
  kekKid: z.string().nullable(),
  /** As read back from the vault; null for a symmetric key. */
  publicKeySha256: z.string().nullable(),
})

/** The first is of before origins were told apart: what was frozen so stays so, and is a transfer blob's. */
export const frozenRequestSchema = z.discriminatedUnion('schema', [
  importSchema.extend({ schema: z.literal('drawbridge/import/1') }),
  importSchema.extend({ schema: z.literal('drawbridge/import/2'), origin: z.enum(IMPORT_ORIGINS) }),
])
export type FrozenRequest = z.infer<typeof frozenRequestSchema>
export type FrozenSchema = FrozenRequest['schema']

const enableSchema = z.object({
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

/**
 * To enable what is disabled: stopped, or never enabled yet. The first is of before releases were covered: what was
 * frozen so stays so.
 */
export const frozenEnableSchema = z.discriminatedUnion('schema', [
  enableSchema.extend({ schema: z.literal('drawbridge/enable/1') }),
  enableSchema.extend({
    schema: z.literal('drawbridge/enable/2'),
    exportable: z.boolean(),
    releasePolicySha256: z.string().nullable(),
  }),
])
export type FrozenEnable = z.infer<typeof frozenEnableSchema>

/** RFC 8785. Arrays keep their order, so operations are sorted before they come here. */
export function canonicalText(value: FrozenRequest | FrozenEnable | FrozenPolicyChange): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('a frozen request always has a canonical form')
  return text
}
