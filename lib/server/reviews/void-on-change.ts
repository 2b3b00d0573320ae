import 'server-only'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { voidDecisions } from './approval'
import type { Reviewed } from './standing-approvals'

export interface ChangedReview {
  about: Reviewed
  actor: Actor
  connection: ConnectionRow
  keyName: string
  keyVersion: string
}

/**
 * What the vault holds is not what was frozen: approvals given for it before count no more, even if somebody should turn
 * the vault back.
 */
export function voidOnChange(ctx: Context, { about, ...facts }: ChangedReview): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const count = await voidDecisions(ctx, tx, about, 'approve')
    if (count === 0) return
    await appendEvent(tx, {
      type: 'review.approvals-voided',
      phase: 'noted',
      at: ctx.clock(),
      ...facts,
      ...about,
      code: 'request-changed',
      details: { approvals: count },
    })
  })
}
