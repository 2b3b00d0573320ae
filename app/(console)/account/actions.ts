'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { PASSWORD_LENGTH_LIMIT } from '@/lib/server/auth/password'
import { passByPassword } from '@/lib/server/step-up/pass-by-password'

export const stepUpByPassword = defineAction({
  name: 'account.step-up-by-password',
  permission: 'account.manage',
  input: z.object({
    stepUpId: z.uuid(),
    password: z.string().min(1, 'Type your password.').max(PASSWORD_LENGTH_LIMIT),
  }),
  digested: ({ stepUpId }) => ({ stepUpId }),
  run: passByPassword,
})
