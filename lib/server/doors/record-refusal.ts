import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { takeOf } from './allowances'
import { unlessSilent, withinAuditTime } from './audit-unavailable'
import { logFailure } from './log-failure'

/**
 * Somebody tried a door that is closed to them, or decided what was not theirs, not so any more, or not there. Mistakes in
 * a form are not among these, nor what the vault answered: that stands with its operation.
 */
export const RECORDED_REFUSALS: readonly ProblemCode[] = [
  'not-permitted',
  'wrong-origin',
  'not-found',
  'own-import',
  'own-request',
  'own-proposal',
  'not-an-approver-here',
  'changed-since-submission',
  'already-approved',
  'not-waiting',
  'request-changed',
  'approval-expired',
  'proposal-changed',
  'proposal-lapsed',
  'proposal-waiting',
  'roles-exclusive',
  'compromised',
  'policy-immutable',
  'policy-tests-failed',
  'not-deletable',
  'not-releasable',
  'token-not-of-this',
  'duties-not-acknowledged',
  'conflict',
  'key-busy',
  'idempotency-mismatch',
  'rate-limited',
]

/** A refusal stays a refusal when it can't be recorded: then the log says so. */
export async function recordRefusal(
  ctx: Pick<Context, 'db' | 'clock'>,
  actor: Actor | null,
  { action, code, requestId }: { action: string; code: ProblemCode; requestId: string },
): Promise<void> {
  // Without a live session anybody could fill the record from outside.
  if (!actor || !RECORDED_REFUSALS.includes(code)) return
  try {
    // A limit is reached by a flood: one event in ten minutes tells it as well as thousands.
    if (code === 'rate-limited' && !(await withinAuditTime(takeOf(ctx, 'noted-limit', actor.personId))).ok) return
    // Nothing waits for it but the answer, so a queue before an answering database is waited for, in order.
    await unlessSilent(() =>
      inTransaction(ctx.db, (tx) =>
        appendEvent(tx, {
          type: 'action.refused',
          phase: 'refused',
          at: ctx.clock(),
          actor,
          code,
          details: { action, requestId },
        }),
      ),
    )
  } catch (error) {
    logFailure(error, { where: `refusal of ${action}`, requestId })
  }
}
