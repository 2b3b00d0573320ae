import 'server-only'
import type { BegunAssertion } from '@/lib/domain/passkeys/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { limitWords, takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'
import { permit } from '../permit'
import { assertionOptions } from './assertion-options'
import { keepChallenge } from './challenge'
import { type PasskeySettings, relyingPartyOf } from './relying-party'

/** A fresh challenge for a sign-in that owes its passkey; bound to its session. */
export async function beginSecondFactor(
  ctx: Context,
  actor: Actor,
  { settings }: { settings: PasskeySettings },
): Promise<Result<BegunAssertion, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const taken = await withinAuditTime(takeOf(ctx, 'second-factor', actor.sessionId))
  if (!taken.ok) return err({ code: 'rate-limited', message: limitWords(taken.retryAfterMs) })
  const options = await assertionOptions(ctx, party.value, actor.personId)
  const { challenge } = options
  return ok({ challengeId: await keepChallenge(ctx, actor, { purpose: 'second-factor', challenge }), options })
}
