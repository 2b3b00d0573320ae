import 'server-only'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { permit } from '../permit'
import { takeChallenge } from './challenge'
import type { PasskeyRefusal } from './client-data'
import { countUse } from './count-use'
import { refusedPasskey } from './refusal-words'
import { type PasskeySettings, relyingPartyOf } from './relying-party'
import { type VerifiedUse, verifyAssertion } from './verify-assertion'

interface SecondFactor {
  challengeId: string
  response: AssertionResponse
  settings: PasskeySettings
}

/**
 * Opens the session that owed its passkey, under a new id: whoever planted the old cookie in this browser has nothing.
 * Answers the new id, for the cookie. The challenge is used up, whatever comes of it.
 */
export async function passSecondFactor(
  ctx: Context,
  actor: Actor,
  { challengeId, response, settings }: SecondFactor,
): Promise<Result<{ sessionId: string }, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const refuse = async (code: PasskeyRefusal) => {
    await recordRefused(ctx, actor, code)
    return err(refusedPasskey(code, settings))
  }
  const taken = await withinAuditTime(takeChallenge(ctx, actor, { id: challengeId, purpose: 'second-factor' }))
  if (!taken) return refuse('not-waiting')
  const { challenge } = taken
  const verified = await verifyAssertion(ctx, party.value, { personId: actor.personId, challenge, response })
  if (!verified.ok) return refuse(verified.error)
  const opened = await withinAuditTime(inTransaction(ctx.db, (tx) => open(ctx, tx, actor, verified.value)))
  return opened.ok ? opened : refuse(opened.error)
}

async function open(
  ctx: Context,
  tx: Transaction,
  actor: Actor,
  use: VerifiedUse,
): Promise<Result<{ sessionId: string }, PasskeyRefusal>> {
  const at = ctx.clock()
  if (!(await countUse(tx, use, at))) return err('counter-went-back')
  const sessionId = ctx.newId()
  const { count } = await tx.session.updateMany({
    where: { id: actor.sessionId, personId: actor.personId, endedAt: null, secondFactorUntil: { gt: at } },
    data: { id: sessionId, secondFactorUntil: null, lastUseAt: at },
  })
  if (count === 0) return err('not-waiting')
  const details = { passkey: use.name, begunAs: actor.sessionId }
  const person = { personId: actor.personId, name: actor.name, sessionId }
  await appendEvent(tx, { type: 'second-factor.passed', phase: 'noted', at, actor: person, details })
  return ok({ sessionId })
}

function recordRefused(ctx: Context, actor: Actor, code: PasskeyRefusal): Promise<void> {
  const event = { type: 'second-factor.refused', phase: 'refused', at: ctx.clock(), actor, code, details: {} } as const
  return withinAuditTime(inTransaction(ctx.db, (tx) => appendEvent(tx, event)))
}
