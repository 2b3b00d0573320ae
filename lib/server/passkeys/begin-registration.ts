import 'server-only'
import { generateRegistrationOptions } from '@simplewebauthn/server'
import type { BegunRegistration } from '@/lib/domain/passkeys/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { permit } from '../permit'
import { ALGORITHMS } from './algorithms'
import { BROWSER_WAITS_MS, keepChallenge } from './challenge'
import { type PasskeySettings, relyingPartyOf } from './relying-party'
import { knownTransports } from './transports'
import { userHandleOf } from './user-handle'

/** More than anybody carries. */
const MOST_PASSKEYS = 20

/**
 * Behind a step-up for this very name. A name serves one passkey, so one proof registers one; what the browser answers goes
 * to `finishRegistration`, in this session, within minutes, once.
 */
export async function beginRegistration(
  ctx: Context,
  actor: Actor,
  { name, settings }: { name: string; settings: PasskeySettings },
): Promise<Result<BegunRegistration, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const known = await ctx.db.passkey.findMany({ where: { personId: actor.personId, removedAt: null } })
  if (known.some((passkey) => passkey.name === name)) return err(NAME_TAKEN)
  if (known.length >= MOST_PASSKEYS) return err(TOO_MANY)
  const options = await generateRegistrationOptions({
    rpName: 'Drawbridge',
    rpID: party.value.rpId,
    userName: actor.email,
    userDisplayName: actor.name,
    userID: userHandleOf(actor.personId),
    attestationType: 'none',
    timeout: BROWSER_WAITS_MS,
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: knownTransports(transports) })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: [...ALGORITHMS],
  })
  const challengeId = await keepChallenge(ctx, actor, { purpose: 'register', challenge: options.challenge, name })
  return ok({ challengeId, options })
}

export const NAME_TAKEN: ServiceError = {
  code: 'invalid-input',
  fields: { name: 'You have a passkey of this name. Choose another name.' },
}

const TOO_MANY: ServiceError = {
  code: 'invalid-input',
  fields: { name: `You have ${MOST_PASSKEYS} passkeys. Remove one that you do not use any more first.` },
}
