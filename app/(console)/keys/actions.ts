'use server'

import { z } from 'zod'
import { EXPORTABLE_TYPES } from '@/lib/domain/keys/exportable-key'
import { KEY_NAME_PATTERN, KEY_VERSION_PATTERN } from '@/lib/domain/keys/key-id'
import { KEY_OPERATIONS } from '@/lib/domain/keys/key-operations'
import { vaultTimeSchema } from '@/lib/domain/keys/vault-time'
import { MOST_POLICY_CHARACTERS } from '@/lib/domain/releases/policy-change'
import { defineAction } from '@/lib/server/action'
import { createKey } from '@/lib/server/created-keys/create-key'
import { refreshConnection } from '@/lib/server/inventory/refresh-connection'
import { requestEnable as askForEnabling } from '@/lib/server/reviews/request-enable'
import { vaultWords, versionWords } from '@/lib/server/step-up/act-words'
import { disableVersion as disable } from '@/lib/server/stop/disable-version'
import { markCompromised as mark } from '@/lib/server/stop/mark-compromised'
import { proposeUnmark } from '@/lib/server/stop/propose-unmark'

const versionWithReason = z.object({
  connectionId: z.uuid(),
  name: z.string().regex(KEY_NAME_PATTERN),
  version: z.string().regex(KEY_VERSION_PATTERN),
  reason: z
    .string()
    .trim()
    .min(3, 'Give a reason: it is what the audit log and the next officer read.')
    .max(500, 'At most 500 characters.'),
})

export const refreshKeys = defineAction({
  name: 'refresh-keys',
  permission: 'keys.refresh',
  input: z.object({ connectionId: z.uuid().nullable() }),
  run: refreshConnection,
})

export const createKeyAction = defineAction({
  name: 'keys.create',
  permission: 'keys.create',
  stepUp: true,
  act: async (ctx, { connectionId, name, immutable }) =>
    `Create the exportable key ${name} in ${await vaultWords(ctx, connectionId)}, disabled${immutable ? ', with a release policy that is immutable for good' : ''}`,
  input: z.object({
    connectionId: z.uuid('Choose a vault.'),
    name: z.string().regex(KEY_NAME_PATTERN, 'Letters, digits and hyphens, 1 to 127 characters.'),
    kty: z.enum(EXPORTABLE_TYPES),
    sizeOrCurve: z.string().max(10),
    keyOps: z.array(z.enum(KEY_OPERATIONS)).min(1, 'Choose what the key is for.').max(KEY_OPERATIONS.length),
    expiresAt: vaultTimeSchema.nullable(),
    policyText: z.string().max(MOST_POLICY_CHARACTERS, `At most ${MOST_POLICY_CHARACTERS} characters.`),
    immutable: z.boolean(),
    typedName: z.string().max(127),
  }),
  run: createKey,
})

export const disableVersion = defineAction({
  name: 'disable-version',
  permission: 'keys.stop',
  input: versionWithReason,
  run: disable,
})

export const markCompromised = defineAction({
  name: 'mark-compromised',
  permission: 'keys.mark-compromised',
  input: versionWithReason,
  run: mark,
})

export const requestEnable = defineAction({
  name: 'request-enable',
  permission: 'keys.request-enable',
  stepUp: true,
  act: async (ctx, { connectionId, name, version }) =>
    `Ask to enable ${versionWords(name, version)} in ${await vaultWords(ctx, connectionId)}`,
  input: versionWithReason,
  run: askForEnabling,
})

export const proposeUnmarkAction = defineAction({
  name: 'keys.propose-unmark',
  permission: 'keys.propose-unmark',
  stepUp: true,
  act: async (ctx, { connectionId, name, version }) =>
    `Propose that ${versionWords(name, version)} in ${await vaultWords(ctx, connectionId)} is no longer marked compromised`,
  input: versionWithReason,
  run: proposeUnmark,
})
