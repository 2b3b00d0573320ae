import 'server-only'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import type { Approval, RequestedAct } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import type { Standing } from './approval'
import type { Reviewed } from './standing-approvals'

/** The approval in the audit log, with how many of how many it makes. */
export function noteApproval(
  ctx: Context,
  tx: Transaction,
  noted: {
    actor: Actor
    about: Reviewed & { connection: ConnectionRow; keyName: string; keyVersion: string; operationId?: string }
    approval: Approval
    standing: Standing
    /** What a request asks for; left out for an import. */
    asks?: RequestedAct
  },
): Promise<void> {
  const { approval, standing, asks } = noted
  return appendEvent(tx, {
    ...noted.about,
    type: 'review.approved',
    phase: 'noted',
    at: ctx.clock(),
    actor: noted.actor,
    details: {
      ...(asks ? { asks } : {}),
      reason: approval.reason,
      frozenSha256: approval.frozenSha256,
      // Not the value itself: others may still have to bring theirs, and read the audit log too.
      ...(approval.comparedBy === null ? {} : { comparedBy: approval.comparedBy }),
      approvalId: approval.id,
      approved: standing.others.length + 1,
      required: standing.required,
    },
  })
}
