import { z } from 'zod'
import { type ImportTarget, isBlobType, TARGET_TYPES, type TargetType } from '@/lib/domain/imports/target'
import { KEY_OPERATIONS, type KeyOperation, OPERATIONS_OF, PURPOSES } from '@/lib/domain/keys/key-operations'
import { familyOf, isSizeOrCurve } from '@/lib/domain/keys/key-type'

export const PURPOSE_CHOICES = ['signing', 'wrapping', 'encryption', 'custom'] as const
export type PurposeChoice = (typeof PURPOSE_CHOICES)[number]

/**
 * The wizard's answers as they are typed, and as a draft keeps them: plain JSON, no byte of the file.
 * Each field falls back by itself, so that a draft of an older version still opens.
 */
export const answersSchema = z.object({
  connectionId: z.string().nullable().catch(null),
  kekKid: z.string().nullable().catch(null),
  /** Under no KEK: the private key goes in the clear inside TLS, and the server sees it. */
  overTls: z.boolean().catch(false),
  /** The officer's own tick beneath those words. A draft never keeps it. */
  serverSeesKey: z.boolean().catch(false),
  /** What the officer expects, as lower-case hex SPKI SHA-256; null: nothing was given. */
  expectedSha256: z.string().nullable().catch(null),
  name: z.string().catch(''),
  kty: z.enum(TARGET_TYPES).nullable().catch(null),
  sizeOrCurve: z.string().nullable().catch(null),
  purpose: z.enum(PURPOSE_CHOICES).nullable().catch(null),
  keyOps: z.array(z.enum(KEY_OPERATIONS)).catch([]),
  /** ISO 8601 in UTC; empty: none. */
  notBefore: z.string().catch(''),
  expiresAt: z.string().catch(''),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
  exportable: z.boolean().catch(false),
  policyText: z.string().catch(''),
  policyImmutable: z.boolean().catch(false),
  typedName: z.string().catch(''),
  /** Row id → the fact that was acknowledged: another fact under the same row must be acknowledged anew. */
  acknowledged: z.record(z.string(), z.string()).catch({}),
})
export type Answers = z.infer<typeof answersSchema>

export const NO_ANSWERS: Answers = answersSchema.parse({})

/** Chooses a type: what no longer fits it falls away rather than being carried along. */
export function withType(answers: Answers, kty: TargetType, sizeOrCurve: string): Answers {
  const family = familyOf(kty)
  const fitting: readonly KeyOperation[] = OPERATIONS_OF[family]
  const purpose = PURPOSES.find(({ id }) => id === answers.purpose)
  const families: readonly string[] = purpose?.families ?? []
  const keeps = answers.purpose === 'custom' || families.includes(family)
  return {
    ...answers,
    kty: answers.overTls || isBlobType(kty) ? kty : null,
    sizeOrCurve: isSizeOrCurve(family, sizeOrCurve) ? sizeOrCurve : null,
    purpose: keeps ? answers.purpose : null,
    keyOps: keeps ? answers.keyOps.filter((operation) => fitting.includes(operation)) : [],
  }
}

/** Chooses what the key is for; its operations follow. `custom` starts from what was chosen before. */
export function withPurpose(answers: Answers, choice: PurposeChoice): Answers {
  const template = PURPOSES.find(({ id }) => id === choice)
  return { ...answers, purpose: choice, keyOps: template ? [...template.operations] : answers.keyOps }
}

/** Another vault, another KEK, or none: what was answered for the way before falls away. */
export function withWay(answers: Answers, way: Pick<Answers, 'connectionId' | 'kekKid' | 'overTls'>): Answers {
  const changed = { ...answers, ...way, serverSeesKey: false }
  return changed.kty && changed.sizeOrCurve ? withType(changed, changed.kty, changed.sizeOrCurve) : changed
}

/** The target as it is submitted; null while the type is open. */
export function targetOf(answers: Answers): ImportTarget | null {
  if (!answers.kty || !answers.sizeOrCurve) return null
  return {
    name: answers.name,
    kty: answers.kty,
    sizeOrCurve: answers.sizeOrCurve,
    keyOps: answers.keyOps,
    notBefore: answers.notBefore || null,
    expiresAt: answers.expiresAt || null,
    exportable: answers.exportable,
    releasePolicy: answers.exportable ? { text: answers.policyText, immutable: answers.policyImmutable } : null,
    tags: tagsOf(answers),
  }
}

/** Lines with neither name nor value are what an unused line of the form leaves. */
export function tagsOf({ tags }: Answers): Record<string, string> {
  return Object.fromEntries(tags.filter(({ name, value }) => name || value).map(({ name, value }) => [name, value]))
}
