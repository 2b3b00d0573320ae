import 'server-only'
import type { StepUpMethod } from '@/lib/domain/people/step-up'
import { err, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { limitWords, takeOf } from '../doors/allowances'
import { withinAuditTime } from '../doors/audit-unavailable'

/** Why a proof was not accepted, as the audit log has it. */
export type StepUpRefusal = 'wrong-password' | 'not-waiting' | 'rate-limited' | (string & {})

/** A proof that was not accepted stands in the record, without anything that was typed. */
export function recordRefusedStepUp(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  refused: { method: StepUpMethod; code: StepUpRefusal; action: string | null },
): Promise<void> {
  const { method, code, action } = refused
  return withinAuditTime(
    inTransaction(ctx.db, (tx) =>
      appendEvent(tx, {
        type: 'step-up.refused',
        phase: 'refused',
        at: ctx.clock(),
        actor,
        code,
        details: { method, ...(action ? { action } : {}) },
      }),
    ),
  )
}

/** Too many wrong proofs. Told once in a while, so that guessing on can't fill the record. */
export async function refuseLimited(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor,
  method: StepUpMethod,
  retryAfterMs: number,
): Promise<Result<never, ServiceError>> {
  const told = await takeOf(ctx, 'noted-limit', `step-up:${actor.personId}`)
  if (told.ok) await recordRefusedStepUp(ctx, actor, { method, code: 'rate-limited', action: null })
  return err({ code: 'rate-limited', message: limitWords(retryAfterMs) })
}
