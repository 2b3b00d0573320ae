import 'server-only'
import { z } from 'zod'
import type { ImportTarget } from '@/lib/domain/imports/target'
import { EXPORTABLE_TYPES } from '@/lib/domain/keys/exportable-key'
import { KEY_OPERATIONS } from '@/lib/domain/keys/key-operations'
import type { Operation } from '../db/generated/client'

/** What the intent of a creation says of itself: all that the key is to be. It stands in the audit log too. */
const paramsSchema = z.object({
  kty: z.enum(EXPORTABLE_TYPES),
  sizeOrCurve: z.string(),
  /** With commas. */
  keyOps: z.string(),
  expiresAt: z.string().nullable(),
  releasePolicy: z.string(),
  immutable: z.boolean(),
})
type CreationParams = z.infer<typeof paramsSchema>

/** A key that is to be made, in the words of what arrives in a vault any other way. */
export type CreationTarget = ImportTarget & { releasePolicy: { text: string; immutable: boolean } }

export function paramsOf({ kty, sizeOrCurve, keyOps, expiresAt, releasePolicy }: CreationTarget): CreationParams {
  const { text, immutable } = releasePolicy
  return paramsSchema.parse({
    ...{ kty, sizeOrCurve, expiresAt, immutable },
    keyOps: keyOps.join(','),
    releasePolicy: text,
  })
}

export function targetOf({ keyName, params }: Pick<Operation, 'keyName' | 'params'>): CreationTarget {
  const { kty, sizeOrCurve, keyOps, expiresAt, releasePolicy, immutable } = paramsSchema.parse(params)
  return {
    ...{ name: keyName, kty, sizeOrCurve, expiresAt, notBefore: null, exportable: true, tags: {} },
    keyOps: z.array(z.enum(KEY_OPERATIONS)).parse(keyOps.split(',')),
    releasePolicy: { text: releasePolicy, immutable },
  }
}
