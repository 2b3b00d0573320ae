'use server'

import { z } from 'zod'
import { KEY_NAME_PATTERN, KEY_VERSION_PATTERN } from '@/lib/domain/keys/key-id'
import { maxTokenLength } from '@/lib/domain/releases/decode-attestation-token'
import { RELEASE_ALGORITHMS } from '@/lib/domain/releases/release-algorithm'
import { defineAction } from '@/lib/server/action'
import { askForLogs } from '@/lib/server/releases/ask-for-logs'
import { completeRelease } from '@/lib/server/releases/evaluation/complete-release'
import { performRelease } from '@/lib/server/releases/made/perform-release'
import { vaultWords, versionWords } from '@/lib/server/step-up/act-words'

export const readLogsAction = defineAction({
  name: 'releases.read-logs',
  permission: 'releases.read-logs',
  input: z.object({}),
  run: askForLogs,
})

const token = z
  .string()
  .trim()
  .min(1, 'Paste the attestation token.')
  .max(maxTokenLength, 'This is longer than 128 KiB. Attestation tokens stay below 16 KiB.')

export const performReleaseAction = defineAction({
  name: 'releases.perform',
  permission: 'releases.perform',
  stepUp: true,
  act: async (ctx, { connectionId, name, version }) =>
    `Release ${versionWords(name, version)} from ${await vaultWords(ctx, connectionId)} to the environment of the attestation token`,
  input: z.object({
    connectionId: z.uuid(),
    name: z.string().regex(KEY_NAME_PATTERN),
    version: z.string().regex(KEY_VERSION_PATTERN),
    token,
    algorithm: z.enum(RELEASE_ALGORITHMS),
    nonce: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/, 'At most 128 characters, without spaces.')
      .nullable(),
    reason: z
      .string()
      .trim()
      .min(3, 'Give a reason: it is what the audit log and the next officer read.')
      .max(500, 'At most 500 characters.'),
    policySha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  run: performRelease,
})

export const completeReleaseAction = defineAction({
  name: 'releases.complete',
  permission: 'releases.complete',
  input: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), token }),
  run: completeRelease,
})
