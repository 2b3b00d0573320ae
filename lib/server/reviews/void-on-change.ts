import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { voidDecisions } from './approval'
import { inAct } from './in-act'
import type { Reviewed } from './standing-approvals'

export interface ChangedReview {
  about: Reviewed
  /** Claims the review as it was when the vault was asked. */
  claim: (tx: Transaction) => Promise<boolean>
  actor: Actor
  connection: ConnectionRow
  keyName: string
  keyVersion: string
}

/**
 * What the vault holds is not what was frozen: approvals given for it before count no more, even if somebody should turn
 * the vault back. Not where the review has moved on since: then the change may be the very one that they approved.
 */
export function voidOnChange(ctx: Context, review: ChangedReview): Promise<Result<void, ServiceError>> {
  const { about, claim, ...facts } = review
  return inAct(ctx, async (tx) => {
    if (!(await claim(tx))) return err({ code: 'not-waiting' })
    const count = await voidDecisions(ctx, tx, about, 'approve')
    if (count === 0) return ok(undefined)
    await appendEvent(tx, {
      type: 'review.approvals-voided',
      phase: 'noted',
      at: ctx.clock(),
      ...facts,
      ...about,
      code: 'request-changed',
      details: { approvals: count },
    })
    return ok(undefined)
  })
}
