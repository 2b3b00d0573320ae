'use server'

import { z } from 'zod'
import { assertionResponseSchema, passkeyNameSchema, registrationResponseSchema } from '@/lib/domain/passkeys/responses'
import { defineAction } from '@/lib/server/action'
import { endOtherSessions, endSession } from '@/lib/server/auth/end-session'
import { PASSWORD_LENGTH_LIMIT } from '@/lib/server/auth/password'
import { env } from '@/lib/server/env'
import { beginRegistration } from '@/lib/server/passkeys/begin-registration'
import { finishRegistration } from '@/lib/server/passkeys/finish-registration'
import { removePasskey as remove } from '@/lib/server/passkeys/remove-passkey'
import { changePassword } from '@/lib/server/people/change-password'
import { askPasskey } from '@/lib/server/step-up/ask-passkey'
import { passByPasskey } from '@/lib/server/step-up/pass-by-passkey'
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

export const changePasswordAction = defineAction({
  name: 'account.change-password',
  permission: 'account.manage',
  input: z.object({ password: z.string().max(PASSWORD_LENGTH_LIMIT) }),
  digested: () => ({}),
  stepUp: true,
  withoutPasskey: true,
  act: () => 'Change your password',
  run: changePassword,
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

export const askPasskeyForStepUp = defineAction({
  name: 'account.ask-passkey',
  permission: 'account.manage',
  input: z.object({ stepUpId: z.uuid() }),
  run: (ctx, actor, { stepUpId }) => askPasskey(ctx, actor, { stepUpId, settings: env().passkeys }),
})

export const stepUpByPasskey = defineAction({
  name: 'account.step-up-by-passkey',
  permission: 'account.manage',
  input: z.object({ stepUpId: z.uuid(), response: assertionResponseSchema }),
  run: (ctx, actor, input) => passByPasskey(ctx, actor, { ...input, settings: env().passkeys }),
})

/** Begins it: what the browser answers goes to `keepPasskey`. */
export const registerPasskey = defineAction({
  name: 'account.register-passkey',
  permission: 'account.manage',
  input: z.object({ name: passkeyNameSchema }),
  stepUp: true,
  withoutPasskey: true,
  act: (_ctx, { name }) => `Register the passkey “${name}” for your account`,
  run: (ctx, actor, { name }) => beginRegistration(ctx, actor, { name, settings: env().passkeys }),
})

export const keepPasskey = defineAction({
  name: 'account.keep-passkey',
  permission: 'account.manage',
  input: z.object({ challengeId: z.uuid(), response: registrationResponseSchema }),
  run: (ctx, actor, input) => finishRegistration(ctx, actor, { ...input, settings: env().passkeys }),
})

export const removePasskey = defineAction({
  name: 'account.remove-passkey',
  permission: 'account.manage',
  input: z.object({ passkeyId: z.string().min(1).max(1400), name: passkeyNameSchema }),
  stepUp: true,
  act: (_ctx, { name }) => `Remove the passkey “${name}” from your account`,
  run: (ctx, actor, input) => remove(ctx, actor, { ...input, settings: env().passkeys }),
})
