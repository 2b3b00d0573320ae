import 'server-only'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { withinAuditTime } from '../doors/audit-unavailable'
import { assertionOptions } from '../passkeys/assertion-options'
import { type PasskeySettings, relyingPartyOf } from '../passkeys/relying-party'
import { permit } from '../permit'
import { recordRefusedStepUp } from './refuse-step-up'
import { waitingStepUp } from './waiting-step-up'

/** A fresh challenge for this very question; one that was given out before is void. */
export async function askPasskey(
  ctx: Context,
  actor: Actor,
  { stepUpId, settings }: { stepUpId: string; settings: PasskeySettings },
): Promise<Result<PublicKeyCredentialRequestOptionsJSON, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const waiting = await withinAuditTime(waitingStepUp(ctx.db, actor, { stepUpId, method: 'passkey', now: ctx.clock() }))
  if (!waiting.ok) {
    await recordRefusedStepUp(ctx, actor, { method: 'passkey', code: 'not-waiting', action: null })
    return waiting
  }
  const options = await assertionOptions(ctx, party.value, actor.personId)
  const { challenge } = options
  const { count } = await ctx.db.stepUp.updateMany({
    where: { id: stepUpId, sessionId: actor.sessionId, passedAt: null },
    data: { challenge },
  })
  return count === 1 ? ok(options) : err({ code: 'step-up-refused' })
}
