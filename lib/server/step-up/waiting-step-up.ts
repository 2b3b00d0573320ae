import 'server-only'
import type { StepUpMethod } from '@/lib/domain/people/step-up'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { StepUp } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { ASKED_LASTS_MS } from './step-up-clock'
import { stepUpMethodsOf } from './step-up-methods'

const GONE = 'What was to be confirmed does not wait any more, so nothing was done. Send it again.'
const OTHER_WAY = 'This account confirms in another way. Reload the page and try again.'

/**
 * The question that this proof is to answer: asked of this very session, not too long ago, and of a person who may
 * prove it so. Another session's question, though of the same person, is none.
 */
export async function waitingStepUp(
  db: Context['db'] | Transaction,
  actor: Actor,
  { stepUpId, method, now }: { stepUpId: string; method: StepUpMethod; now: Date },
): Promise<Result<StepUp, ServiceError>> {
  const row = await db.stepUp.findFirst({
    where: {
      id: stepUpId,
      sessionId: actor.sessionId,
      session: { personId: actor.personId, endedAt: null },
      askedAt: { gt: new Date(now.getTime() - ASKED_LASTS_MS) },
    },
  })
  if (!row) return err({ code: 'step-up-refused', message: GONE })
  const methods = await stepUpMethodsOf(db, actor)
  return methods.includes(method) ? ok(row) : err({ code: 'step-up-refused', message: OTHER_WAY })
}
