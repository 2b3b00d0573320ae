'use server'

import { z } from 'zod'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { defineAction } from '@/lib/server/action'
import { refreshConnection } from '@/lib/server/inventory/refresh-connection'
import { requestEnable as askForEnabling } from '@/lib/server/reviews/request-enable'
import { vaultWords, versionWords } from '@/lib/server/step-up/act-words'
import { disableVersion as disable } from '@/lib/server/stop/disable-version'
import { markCompromised as mark } from '@/lib/server/stop/mark-compromised'
import { proposeUnmark } from '@/lib/server/stop/propose-unmark'

const versionWithReason = z.object({
  connectionId: z.uuid(),
  name: z.string().regex(KEY_NAME_PATTERN),
  version: z.string().regex(/^[0-9a-f]{32}$/),
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
    `Ask to enable ${versionWords(name, version)} in ${await vaultWords(ctx, connectionId)} again`,
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
