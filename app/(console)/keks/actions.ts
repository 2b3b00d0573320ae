'use server'

import { z } from 'zod'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { vaultTimeSchema } from '@/lib/domain/keys/vault-time'
import { defineAction } from '@/lib/server/action'
import { createKek } from '@/lib/server/keks/create-kek'
import { downloadKekPublicKey } from '@/lib/server/keks/download-kek-public-key'
import { retireKek } from '@/lib/server/keks/retire-kek'
import { kekWords } from '@/lib/server/step-up/act-words'

export const createKekAction = defineAction({
  name: 'keks.create',
  permission: 'keks.create',
  input: z.object({
    connectionId: z.uuid('Choose a vault.'),
    name: z.string().regex(KEY_NAME_PATTERN, 'Letters, digits and hyphens, 1 to 127 characters.'),
    bits: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]),
    expiresAt: vaultTimeSchema.nullable(),
  }),
  run: createKek,
})

export const downloadKekPublicKeyAction = defineAction({
  name: 'keks.download-public-key',
  permission: 'keks.download',
  input: z.object({ kekId: z.uuid() }),
  run: downloadKekPublicKey,
})

export const retireKekAction = defineAction({
  name: 'keks.retire',
  permission: 'keks.retire',
  stepUp: true,
  act: async (ctx, { kekId, how }) => {
    const { kek, vault } = await kekWords(ctx, kekId)
    return `${how === 'delete' ? 'Delete' : 'Disable'} the KEK ${kek} in ${vault}`
  },
  input: z.object({ kekId: z.uuid(), how: z.enum(['disable', 'delete']), typedName: z.string().max(127) }),
  run: retireKek,
})
