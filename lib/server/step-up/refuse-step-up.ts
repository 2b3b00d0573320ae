import 'server-only'
import type { StepUpMethod } from '@/lib/domain/people/step-up'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
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
