'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { approvePolicyChange } from '@/lib/server/policy-changes/approve-policy-change'
import { approveEnable } from '@/lib/server/reviews/approve-enable'
import { approveImport } from '@/lib/server/reviews/approve-import'
import { deleteRejectedKey } from '@/lib/server/reviews/delete-rejected-key'
import { rejectEnable } from '@/lib/server/reviews/reject-enable'
import { rejectImport } from '@/lib/server/reviews/reject-import'
import { withdrawEnable } from '@/lib/server/reviews/withdraw-enable'
import { enableWords, importWords, policyChangeWords } from '@/lib/server/step-up/act-words'

const seen = {
  revision: z.number().int().nonnegative(),
  frozenSha256: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().trim().min(1, 'Give a reason: it stands in the audit log.').max(2000, 'At most 2000 characters.'),
}

const decideImport = z.object({
  importId: z.uuid(),
  ...seen,
  expected: z
    .union([
      z.object({ text: z.string().max(64 * 1024) }),
      // 64 KiB in base64.
      z.object({ fileBase64: z.base64().max(88 * 1024) }),
    ])
    .nullable(),
})

const decideEnable = z.object({ enableRequestId: z.uuid(), ...seen })

export const approveImportAction = defineAction({
  name: 'reviews.approve-import',
  permission: 'reviews.decide',
  stepUp: true,
  act: async (ctx, { importId }) => {
    const { key, vault } = await importWords(ctx, importId)
    return `Enable the imported ${key} in ${vault}`
  },
  input: decideImport,
  run: approveImport,
})

export const rejectImportAction = defineAction({
  name: 'reviews.reject-import',
  permission: 'reviews.decide',
  input: decideImport,
  run: rejectImport,
})

export const deleteRejectedKeyAction = defineAction({
  name: 'reviews.delete-rejected-key',
  permission: 'keys.delete',
  stepUp: true,
  act: async (ctx, { importId, typedName }) => `Delete ${typedName} from ${(await importWords(ctx, importId)).vault}`,
  input: z.object({ importId: z.uuid(), typedName: z.string().max(127) }),
  run: deleteRejectedKey,
})

export const approveEnableAction = defineAction({
  name: 'reviews.approve-enable',
  permission: 'reviews.decide',
  stepUp: true,
  act: async (ctx, { enableRequestId }) => {
    const { key, vault } = await enableWords(ctx, enableRequestId)
    return `Enable ${key} in ${vault}`
  },
  input: decideEnable,
  run: approveEnable,
})

export const approvePolicyAction = defineAction({
  name: 'reviews.approve-policy',
  permission: 'reviews.decide',
  stepUp: true,
  act: async (ctx, { enableRequestId }) => {
    const { key, vault, forGood } = await policyChangeWords(ctx, enableRequestId)
    return `Set the proposed release policy of ${key} in ${vault}${forGood ? ', for good: it is immutable' : ''}`
  },
  input: decideEnable,
  run: approvePolicyChange,
})

export const rejectEnableAction = defineAction({
  name: 'reviews.reject-enable',
  permission: 'reviews.decide',
  input: decideEnable,
  run: rejectEnable,
})

export const withdrawEnableAction = defineAction({
  name: 'reviews.withdraw-enable',
  permission: 'keys.request-enable',
  input: z.object({ enableRequestId: z.uuid() }),
  run: withdrawEnable,
})
