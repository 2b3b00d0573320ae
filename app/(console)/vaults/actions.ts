'use server'

import { z } from 'zod'
import { credentialSchema } from '@/lib/domain/connections/credential'
import { CONNECTION_KINDS, ENVIRONMENTS } from '@/lib/domain/connections/kind'
import { defineAction } from '@/lib/server/action'
import { addConnection as add } from '@/lib/server/connections/add-connection'
import { changeConnection as change } from '@/lib/server/connections/change-connection'
import { checkConnection as check } from '@/lib/server/connections/check-connection'
import { proposeApprovalPolicy } from '@/lib/server/connections/propose-approval-policy'
import { removeConnection as remove } from '@/lib/server/connections/remove-connection'
import { vaultWords } from '@/lib/server/step-up/act-words'

const settings = {
  name: z.string().trim().min(1, 'Give it a name that officers will recognise.').max(64, 'At most 64 characters.'),
  url: z.string().trim().min(1, 'Give the address.').max(256),
  environment: z.enum(ENVIRONMENTS),
  credential: credentialSchema,
}

export const addConnection = defineAction({
  name: 'add-connection',
  permission: 'connections.manage',
  stepUp: true,
  act: (_ctx, { name, url }) => `Connect the vault ${name} at ${url}`,
  input: z.object({ ...settings, kind: z.enum(CONNECTION_KINDS) }),
  run: add,
})

export const changeConnectionAction = defineAction({
  name: 'change-connection',
  permission: 'connections.manage',
  stepUp: true,
  act: async (ctx, { connectionId }) => `Propose to change the vault ${await vaultWords(ctx, connectionId)}`,
  input: z.object({
    ...settings,
    connectionId: z.uuid(),
    reason: z.string().trim().min(1, 'Give the reason: it is recorded.').max(2_000, 'At most 2000 characters.'),
  }),
  run: change,
})

export const checkConnection = defineAction({
  name: 'check-connection',
  permission: 'keys.refresh',
  allowance: 'check-vault',
  input: z.object({ connectionId: z.uuid() }),
  run: check,
})

export const removeConnection = defineAction({
  name: 'remove-connection',
  permission: 'connections.manage',
  stepUp: true,
  act: async (ctx, { connectionId }) => `Remove the vault ${await vaultWords(ctx, connectionId)}`,
  input: z.object({ connectionId: z.uuid(), typedName: z.string().max(64) }),
  run: remove,
})

export const proposeApprovalPolicyAction = defineAction({
  name: 'connections.propose-approval-policy',
  permission: 'connections.manage',
  stepUp: true,
  act: async (ctx, { connectionId }) => `Propose who approves for ${await vaultWords(ctx, connectionId)}`,
  input: z.object({
    connectionId: z.uuid(),
    approvalsRequired: z.number().int().min(1).max(5),
    approverIds: z.array(z.uuid()).max(200),
    reason: z.string().trim().min(3, 'Give a reason: whoever confirms reads it.').max(500, 'At most 500 characters.'),
  }),
  run: proposeApprovalPolicy,
})
