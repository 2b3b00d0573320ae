'use server'

import { z } from 'zod'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { MOST_POLICY_CHARACTERS } from '@/lib/domain/releases/policy-change'
import { MOST_CLAIMS_CHARACTERS } from '@/lib/domain/releases/policy-change-views'
import { defineAction } from '@/lib/server/action'
import { addPolicyTest, removePolicyTest } from '@/lib/server/policy-changes/change-policy-tests'
import { requestPolicyChange } from '@/lib/server/policy-changes/request-policy-change'
import { vaultWords } from '@/lib/server/step-up/act-words'

const keyName = z.string().regex(KEY_NAME_PATTERN)
/** What is kept in the database as text. */
const line = (most: number) =>
  z
    .string()
    .max(most, `At most ${most} characters.`)
    .refine((text) => !text.includes('\0'), 'A zero character can’t be kept.')

export const proposePolicyAction = defineAction({
  name: 'policies.propose',
  permission: 'policies.propose',
  stepUp: true,
  act: async (ctx, { connectionId, name, immutable }) =>
    `Propose another ${immutable ? 'release policy, immutable for good,' : 'release policy'} for ${name} in ${await vaultWords(ctx, connectionId)}`,
  input: z.object({
    connectionId: z.uuid(),
    name: keyName,
    policyText: z.string().max(MOST_POLICY_CHARACTERS, `At most ${MOST_POLICY_CHARACTERS} characters.`),
    immutable: z.boolean(),
    typedName: z.string().max(127),
    reason: line(2000),
  }),
  run: requestPolicyChange,
})

export const addPolicyTestAction = defineAction({
  name: 'policies.add-test',
  permission: 'policies.propose',
  input: z.object({
    connectionId: z.uuid(),
    keyName,
    testName: line(100),
    issuer: line(2000),
    claimsJson: z.string().max(MOST_CLAIMS_CHARACTERS, 'The token’s claims are too long to be kept.'),
    expected: z.enum(['allow', 'deny']),
  }),
  run: addPolicyTest,
})

export const removePolicyTestAction = defineAction({
  name: 'policies.remove-test',
  permission: 'policies.propose',
  input: z.object({ testId: z.uuid() }),
  run: removePolicyTest,
})
