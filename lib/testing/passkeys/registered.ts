import { randomUUID } from 'node:crypto'
import type { Actor, Context } from '@/lib/server/context'
import { beginRegistration } from '@/lib/server/passkeys/begin-registration'
import { finishRegistration } from '@/lib/server/passkeys/finish-registration'
import type { PasskeySettings } from '@/lib/server/passkeys/relying-party'
import { type SoftwareAuthenticator, softwareAuthenticator } from './software-authenticator'

export const PARTY = { origin: 'https://console.example.test', rpId: 'console.example.test' } as const

export const SETTINGS: PasskeySettings = { ...PARTY, required: false, afterProvider: false }

/** An authenticator that this person has registered, through the services. */
export async function registered(
  ctx: Context,
  actor: Actor,
  authenticator: SoftwareAuthenticator = softwareAuthenticator(PARTY),
): Promise<SoftwareAuthenticator> {
  const begun = await beginRegistration(ctx, actor, { name: randomUUID(), settings: SETTINGS })
  if (!begun.ok) throw new Error(begun.error.code)
  const { challengeId, options } = begun.value
  const response = authenticator.register(options.challenge)
  const finished = await finishRegistration(ctx, actor, { challengeId, response, settings: SETTINGS })
  if (!finished.ok) throw new Error(finished.error.message)
  return authenticator
}

/** The same person in another browser; `owing`: with the password alone so far. */
export async function anotherSession(ctx: Context, actor: Actor, owing = false): Promise<Actor> {
  const now = ctx.clock()
  const data = {
    id: randomUUID(),
    personId: actor.personId,
    createdAt: now,
    lastUseAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
    secondFactorUntil: owing ? new Date(now.getTime() + 300_000) : null,
  }
  await ctx.db.session.create({ data })
  return { ...actor, sessionId: data.id }
}
