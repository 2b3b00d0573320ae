import 'server-only'
import { ACT_WITHIN_MS, APPROVAL_VALID_MS } from '@/lib/domain/reviews/clocks'
import type { Actor, Context } from '../context'
import type { Approval } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

/** What is decided: an import by its importer, or a request to enable again by its requester. */
type Decided =
  | { importId: string; importerId: string }
  | { enableRequestId: string; requesterId: string; importerId: string | null }

export interface NewApproval {
  actor: Actor
  decided: Decided
  decision: 'approve' | 'reject'
  reason: string
  frozenSha256: string
  compared?: { by: string; value: string }
}

/**
 * One valid decision at a time. An approval that the same officer gave for the same request, and whose act nobody knows
 * to have happened, serves again within its fifteen minutes; any other is voided first.
 */
export async function takeDecision(ctx: Context, tx: Transaction, wanted: NewApproval): Promise<Approval> {
  const now = ctx.clock()
  const about =
    'importId' in wanted.decided
      ? { importId: wanted.decided.importId }
      : { enableRequestId: wanted.decided.enableRequestId }
  const standing = await tx.approval.findFirst({ where: { ...about, voidedAt: null } })
  if (standing && servesAgain(standing, wanted, now)) return standing
  if (standing) await tx.approval.update({ where: { id: standing.id }, data: { voidedAt: now } })
  return tx.approval.create({
    data: {
      id: ctx.newId(),
      ...wanted.decided,
      approverId: wanted.actor.personId,
      decision: wanted.decision,
      reason: wanted.reason,
      frozenSha256: wanted.frozenSha256,
      comparedBy: wanted.compared?.by ?? null,
      comparedValue: wanted.compared?.value ?? null,
      decidedAt: now,
      expiresAt: new Date(now.getTime() + APPROVAL_VALID_MS),
      actBefore: new Date(now.getTime() + ACT_WITHIN_MS),
    },
  })
}

function servesAgain(standing: Approval, wanted: NewApproval, now: Date): boolean {
  return (
    standing.approverId === wanted.actor.personId &&
    standing.decision === wanted.decision &&
    standing.reason === wanted.reason &&
    standing.frozenSha256 === wanted.frozenSha256 &&
    standing.comparedValue === (wanted.compared?.value ?? null) &&
    standing.actedAt === null &&
    standing.actBefore > now
  )
}

/** The act followed: the approval is used up. */
export async function markActed(
  ctx: Context,
  tx: Transaction,
  about: { importId: string } | { enableRequestId: string },
): Promise<void> {
  await tx.approval.updateMany({ where: { ...about, voidedAt: null, actedAt: null }, data: { actedAt: ctx.clock() } })
}

/** The act did not follow and must not: the decision counts no more. */
export async function voidDecision(
  ctx: Context,
  tx: Transaction,
  about: { importId: string } | { enableRequestId: string },
): Promise<void> {
  await tx.approval.updateMany({ where: { ...about, voidedAt: null }, data: { voidedAt: ctx.clock() } })
}
