import 'server-only'
import type { StepUpMethod } from '@/lib/domain/people/step-up'
import { ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { STEP_UP_LASTS_MS } from './step-up-clock'
import { waitingStepUp } from './waiting-step-up'

/** Until when the act may be sent. ISO 8601. */
export interface PassedStepUp {
  expiresAt: string
}

/** Called by a method after its own proof: the step-up is passed, and recorded so, or neither. */
export function passStepUp(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  stepUpId: string,
  method: StepUpMethod,
): Promise<Result<PassedStepUp, ServiceError>> {
  return withinAuditTime(inTransaction(ctx.db, (tx) => passInside(ctx, tx, actor, { stepUpId, method })))
}

/** The same within a transaction of the method's own, which writes what its proof used up. */
export async function passInside(
  { clock }: Pick<Context, 'clock'>,
  tx: Transaction,
  actor: Actor,
  { stepUpId, method }: { stepUpId: string; method: StepUpMethod },
): Promise<Result<PassedStepUp, ServiceError>> {
  const now = clock()
  const waiting = await waitingStepUp(tx, actor, { stepUpId, method, now })
  if (!waiting.ok) return waiting
  const expiresAt = new Date(now.getTime() + STEP_UP_LASTS_MS)
  await tx.stepUp.update({
    where: { id: stepUpId },
    data: { method, passedAt: now, expiresAt, challenge: null },
  })
  const details = { action: waiting.value.action, method }
  await appendEvent(tx, { type: 'step-up.passed', phase: 'noted', at: now, actor, details })
  return ok({ expiresAt: expiresAt.toISOString() })
}
