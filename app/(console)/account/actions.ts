'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/server/action'
import { endOtherSessions, endSession } from '@/lib/server/auth/end-session'
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

export const endSessionAction = defineAction({
  name: 'account.end-session',
  permission: 'account.manage',
  input: z.object({ sessionId: z.uuid() }),
  run: endSession,
})

export const endOtherSessionsAction = defineAction({
  name: 'account.end-other-sessions',
  permission: 'account.manage',
  input: z.object({}),
  run: endOtherSessions,
})
