'use server'

import { z } from 'zod'
import { assertionResponseSchema } from '@/lib/domain/passkeys/responses'
import { defineAction } from '@/lib/server/action'
import { keepSessionCookie } from '@/lib/server/auth/keep-session-cookie'
import { env } from '@/lib/server/env'
import { beginSecondFactor as begin } from '@/lib/server/passkeys/begin-second-factor'
import { passSecondFactor as pass } from '@/lib/server/passkeys/pass-second-factor'

export const beginSecondFactor = defineAction({
  name: 'sign-in.begin-second-factor',
  permission: 'account.manage',
  session: 'owing-second-factor',
  input: z.object({}),
  run: (ctx, actor) => begin(ctx, actor, { settings: env().passkeys }),
})

export const passSecondFactor = defineAction({
  name: 'sign-in.second-factor',
  permission: 'account.manage',
  session: 'owing-second-factor',
  input: z.object({ challengeId: z.uuid(), response: assertionResponseSchema }),
  run: (ctx, actor, input) => pass(ctx, actor, { ...input, settings: env().passkeys }),
  answered: ({ sessionId }) => keepSessionCookie(sessionId),
})
