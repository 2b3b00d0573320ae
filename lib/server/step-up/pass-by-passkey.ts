import 'server-only'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'
import { err, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'
import { refillAllowance } from '../doors/rate-limit'
import type { PasskeyRefusal } from '../passkeys/client-data'
import { countUse } from '../passkeys/count-use'
import { refusedPasskey } from '../passkeys/refusal-words'
import { type PasskeySettings, relyingPartyOf } from '../passkeys/relying-party'
import { type VerifiedUse, verifyAssertion } from '../passkeys/verify-assertion'
import { permit } from '../permit'
import { type PassedStepUp, passInside } from './pass-step-up'
import { recordRefusedStepUp, refuseLimited } from './refuse-step-up'
import { waitingStepUp } from './waiting-step-up'

const method = 'passkey'

interface Given {
  stepUpId: string
  response: AssertionResponse
  settings: PasskeySettings
}

/** One of this person's passkeys has signed this very question's challenge, which is used up by it, right or wrong. */
export async function passByPasskey(
  ctx: Context,
  actor: Actor,
  { stepUpId, response, settings }: Given,
): Promise<Result<PassedStepUp, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const party = relyingPartyOf(settings)
  if (!party.ok) return party
  const allowed = await takeOf(ctx, 'step-up', actor.personId)
  if (!allowed.ok) return refuseLimited(ctx, actor, method, allowed.retryAfterMs)
  const refuse = async (code: PasskeyRefusal, action: string | null, error = refusedPasskey(code, settings)) => {
    await recordRefusedStepUp(ctx, actor, { method, code, action })
    return err(error)
  }
  const waiting = await waitingStepUp(ctx.db, actor, { stepUpId, method, now: ctx.clock() })
  if (!waiting.ok) return refuse('not-waiting', null, waiting.error)
  const { action } = waiting.value
  const challenge = await withinAuditTime(takeChallengeOf(ctx, actor, stepUpId))
  if (challenge === null) return refuse('not-waiting', action)
  const verified = await verifyAssertion(ctx, party.value, { personId: actor.personId, challenge, response })
  if (!verified.ok) return refuse(verified.error, action)
  const passed = await pass(ctx, actor, stepUpId, verified.value)
  if (passed === null) return refuse('counter-went-back', action)
  if (passed.ok) await refillAllowance(ctx, `step-up:${actor.personId}`)
  return passed
}

/** Null: the passkey's counter has not gone on, and nothing was passed. */
function pass(
  ctx: Context,
  actor: Actor,
  stepUpId: string,
  use: VerifiedUse,
): Promise<Result<PassedStepUp, ServiceError> | null> {
  return withinAuditTime(
    inTransaction(ctx.db, async (tx) => {
      if (!(await countUse(tx, use, ctx.clock()))) return null
      return passInside(ctx, tx, actor, { stepUpId, method })
    }),
  )
}

/** Of any number of answers at once, one is looked at: the row is held while its challenge is taken out. */
async function takeChallengeOf(
  { db }: Pick<Context, 'db'>,
  { sessionId }: Actor,
  stepUpId: string,
): Promise<string | null> {
  const [taken] = await db.$queryRaw<{ challenge: string }[]>`
    WITH held AS (
      SELECT id, challenge FROM step_up
      WHERE id = ${stepUpId}::uuid AND session_id = ${sessionId}::uuid AND passed_at IS NULL AND challenge IS NOT NULL
      FOR UPDATE
    )
    UPDATE step_up SET challenge = NULL FROM held WHERE step_up.id = held.id
    RETURNING held.challenge`
  return taken?.challenge ?? null
}
