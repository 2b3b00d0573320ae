'use server'

import { z } from 'zod'
import { answersSchema } from '@/lib/client/import/answers'
import { PRIVATE_JWK_LIMIT } from '@/lib/domain/imports/private-jwk'
import { importTargetSchema } from '@/lib/domain/imports/target'
import { BATCH_AT_MOST } from '@/lib/domain/imports/views'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { ok } from '@/lib/domain/result'
import { defineAction } from '@/lib/server/action'
import type { Context } from '@/lib/server/context'
import { env } from '@/lib/server/env'
import { digestedPrivateJwk, preparedPrivateJwk } from '@/lib/server/imports/digested-private-jwk'
import { discardDraft } from '@/lib/server/imports/discard-draft'
import { BATCH_ACTIONS, prepareBatch } from '@/lib/server/imports/prepare-batch'
import { readTargetFacts } from '@/lib/server/imports/read-target-facts'
import { saveDraft } from '@/lib/server/imports/save-draft'
import { submitImport } from '@/lib/server/imports/submit-import'
import { submitPrivateJwk } from '@/lib/server/imports/submit-private-jwk'
import { batchWords, vaultWords } from '@/lib/server/step-up/act-words'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Not a SHA-256.')
/** A byte more than a transfer blob may have, so that preflight is the one that says it is too large. */
const FILE_LIMIT = 64 * 1024 + 1
const kid = z.string().min(1).max(1024)

export const readTargetFactsAction = defineAction({
  name: 'imports.read-target-facts',
  permission: 'imports.create',
  // No KEK on the way over TLS.
  input: z.object({ connectionId: z.uuid(), kekKid: kid.nullable(), name: z.string().regex(KEY_NAME_PATTERN) }),
  run: readTargetFacts,
})

export const saveDraftAction = defineAction({
  name: 'imports.save-draft',
  permission: 'imports.create',
  input: z.object({
    id: z.uuid().nullable(),
    connectionId: z.uuid().nullable(),
    kekKid: kid.nullable(),
    fileName: z.string().max(255).nullable(),
    fileSha256: sha256.nullable(),
    fileLength: z.number().int().nonnegative().nullable(),
    // Parsed by the wizard's own schema: nothing else, and no byte of a file, can be kept in a draft.
    answers: answersSchema.omit({ connectionId: true, kekKid: true }),
  }),
  run: saveDraft,
})

export const discardDraftAction = defineAction({
  name: 'imports.discard-draft',
  permission: 'imports.create',
  input: z.object({ draftId: z.uuid() }),
  run: discardDraft,
})

const submission = z.object({
  draftId: z.uuid().nullable(),
  connectionId: z.uuid(),
  kekKid: kid,
  fileName: z.string().min(1).max(255),
  origin: z.enum(['transfer_blob', 'sealed_in_browser']).default('transfer_blob'),
  acceptedNormalisedSha256: sha256.nullable(),
  target: importTargetSchema,
  typedName: z.string().max(127).nullable(),
  acknowledgedWarnings: z.array(z.string().max(64)).max(64),
  expectedPublicKeySha256: sha256.nullable(),
})

/** One confirmation for several files, each named by its SHA-256; each is then submitted by itself. */
export const prepareBatchAction = defineAction({
  name: BATCH_ACTIONS.prepare,
  permission: 'imports.create',
  stepUp: true,
  act: batchWords,
  input: z.object({
    imports: z
      .array(submission.extend({ file: z.object({ bytes: z.int().min(0).max(FILE_LIMIT), sha256 }) }))
      .min(1)
      .max(BATCH_AT_MOST),
  }),
  run: prepareBatch,
})

export const submitImportAction = defineAction({
  name: BATCH_ACTIONS.submit,
  permission: 'imports.create',
  allowance: 'submit',
  stepUp: true,
  act: async (ctx, { connectionId, target }) =>
    `Import ${target.name} into ${await vaultWords(ctx, connectionId)}, disabled for review`,
  input: submission.extend({
    file: z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length <= FILE_LIMIT,
      'Not a file of at most 64 KiB.',
    ),
  }),
  run: submitImport,
})

/** A private key in the clear, which this server sees on its way to the vault: all of it but the key itself. */
const clearSubmission = submission
  .omit({ kekKid: true, origin: true, acceptedNormalisedSha256: true })
  .extend({ acknowledgedServerSeesKey: z.literal(true, 'Acknowledge that the server will see the private key.') })

const clearWords = async (ctx: Context, { connectionId, target }: z.output<typeof clearSubmission>) =>
  `Import ${target.name} into ${await vaultWords(ctx, connectionId)}, disabled for review; this server sees the private key`

const SUBMIT_PRIVATE_JWK = 'imports.submit-private-jwk'
const checkValue = z.string().regex(/^[0-9A-F]{6}$/, 'Not a check value.')

/** Asks who is there before the key is sent, so that it is sent once: the proof is for that submission of that key. */
export const preparePrivateJwkAction = defineAction({
  name: 'imports.prepare-private-jwk',
  permission: 'imports.create',
  stepUp: true,
  provesFor: SUBMIT_PRIVATE_JWK,
  act: clearWords,
  input: clearSubmission.extend({
    key: z.union([
      z.strictObject({ spkiSha256: sha256 }),
      z.strictObject({ kcv: z.strictObject({ ecb: checkValue, cmac: checkValue }) }),
    ]),
  }),
  digested: (input) => preparedPrivateJwk(input, env().authSecret),
  run: async () => ok(null),
})

export const submitPrivateJwkAction = defineAction({
  name: SUBMIT_PRIVATE_JWK,
  permission: 'imports.create',
  allowance: 'submit',
  stepUp: true,
  act: clearWords,
  input: clearSubmission.extend({
    jwk: z.custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length <= PRIVATE_JWK_LIMIT,
      'Not a private JWK of at most 8 KiB.',
    ),
  }),
  digested: (input) => digestedPrivateJwk(input, env().authSecret),
  wiped: ({ jwk }) => [jwk],
  run: submitPrivateJwk,
})
