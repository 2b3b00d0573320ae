import { z } from 'zod'
import { KEY_NAME_PATTERN } from '../keys/key-id'
import { KEY_OPERATIONS, OPERATIONS_OF } from '../keys/key-operations'
import { familyOf, isSizeOrCurve, type KeyType } from '../keys/key-type'
import { vaultTimeSchema } from '../keys/vault-time'

/** Tags that Drawbridge sets on every import: of the vault's fifteen, the officer has eleven. */
export const OWN_TAGS = ['imported', 'import_date', 'requires_review', 'drawbridge'] as const
export const OFFICER_TAG_LIMIT = 11
export const TAG_LENGTH_LIMIT = 256

const tagText = z.string().max(TAG_LENGTH_LIMIT, `At most ${TAG_LENGTH_LIMIT} characters.`)

export const tagsSchema = z
  .record(tagText.min(1, 'A tag needs a name.'), tagText)
  .refine(
    (tags) => Object.keys(tags).length <= OFFICER_TAG_LIMIT,
    `At most ${OFFICER_TAG_LIMIT} tags: Drawbridge sets four of the fifteen.`,
  )
  .refine((tags) => !OWN_TAGS.some((own) => own in tags), `The tags ${OWN_TAGS.join(', ')} are set by Drawbridge.`)

/** What a transfer blob may become: it is unwrapped in hardware. */
export const BLOB_TYPES = ['RSA-HSM', 'EC-HSM', 'oct-HSM'] as const satisfies readonly KeyType[]
export type BlobType = (typeof BLOB_TYPES)[number]

/** What an import may make at all. No vault takes a symmetric key in software. */
export const TARGET_TYPES = [...BLOB_TYPES, 'RSA', 'EC'] as const satisfies readonly KeyType[]
export type TargetType = (typeof TARGET_TYPES)[number]

export const isBlobType = (kty: TargetType): kty is BlobType => BLOB_TYPES.some((known) => known === kty)

/** What the officer asks for; a type without `-HSM` is protected by software. Times are ISO 8601 in UTC. */
export const importTargetSchema = z
  .object({
    name: z.string().regex(KEY_NAME_PATTERN, 'Letters, digits and hyphens, 1 to 127 characters.'),
    kty: z.enum(TARGET_TYPES),
    sizeOrCurve: z.string(),
    keyOps: z.array(z.enum(KEY_OPERATIONS)).min(1, 'Choose at least one operation.'),
    notBefore: vaultTimeSchema.nullable(),
    expiresAt: vaultTimeSchema.nullable(),
    exportable: z.boolean(),
    /** Plain JSON text. */
    releasePolicy: z.object({ text: z.string().max(20_000), immutable: z.boolean() }).nullable(),
    tags: tagsSchema,
  })
  .refine((t) => isSizeOrCurve(familyOf(t.kty), t.sizeOrCurve), {
    path: ['sizeOrCurve'],
    message: 'Not a size or curve of this type.',
  })
  .refine((t) => t.keyOps.every((op) => (OPERATIONS_OF[familyOf(t.kty)] as readonly string[]).includes(op)), {
    path: ['keyOps'],
    message: 'An operation does not fit this type of key.',
  })
  .refine((t) => t.exportable === (t.releasePolicy !== null), {
    path: ['releasePolicy'],
    message: 'An exportable key needs a release policy, and only an exportable key may have one.',
  })
  .refine((t) => !t.notBefore || !t.expiresAt || t.notBefore < t.expiresAt, {
    path: ['expiresAt'],
    message: 'The expiry must be after the not-before date.',
  })

export type ImportTarget = z.infer<typeof importTargetSchema>
