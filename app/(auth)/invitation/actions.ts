'use server'

import { z } from 'zod'
import { PASSWORD_LONGEST } from '@/lib/domain/people/password-rules'
import { defineOpenAction } from '@/lib/server/open-action'
import { acceptInvitation as accept, lookAtInvitation as lookAt } from '@/lib/server/people/accept-invitation'

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const lookAtInvitation = defineOpenAction({
  name: 'look-at-invitation',
  input: z.object({ token }),
  run: lookAt,
})

export const acceptInvitation = defineOpenAction({
  name: 'accept-invitation',
  input: z.object({
    token,
    password: z
      .string()
      .min(1)
      .max(PASSWORD_LONGEST * 4),
  }),
  run: accept,
})
