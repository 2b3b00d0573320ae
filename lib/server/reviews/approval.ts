import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ApprovalPolicy, ApprovedRequest } from '@/lib/domain/reviews/approval-policy'
import { ACT_WITHIN_MS, APPROVAL_VALID_MS } from '@/lib/domain/reviews/clocks'
import { cannotDecide, type Decider, refusalOf } from '@/lib/domain/reviews/may-decide'
import type { Actor, Context, ServiceError } from '../context'
import type { Approval } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { findDecider } from './find-decider'
import { policyOf } from './policy-of'
import { type Reviewed, standingApprovals } from './standing-approvals'

/** What is decided: an import by its importer, or a request to enable by its requester. */
export type Decided =
  | { importId: string; importerId: string }
  | { enableRequestId: string; requesterId: string; importerId: string | null }

/** A review that somebody is about to decide, in the transaction that has claimed it. */
export interface Deciding {
  actor: Actor
  decided: Decided
  connectionId: string
  askedAt: Date
  frozenSha256: string
}

/** How a review stands before this decision. */
export interface Standing {
  required: number
  /** Approvals by others that count now. */
  others: Approval[]
  /** With this officer's approval there are enough: the act follows it. */
  last: boolean
}

const reviewedOf = (decided: Decided): Reviewed =>
  'importId' in decided ? { importId: decided.importId } : { enableRequestId: decided.enableRequestId }

const requesterOf = (decided: Decided): string | null => ('requesterId' in decided ? decided.requesterId : null)

/** Inside the transaction: may this officer, as they are now, decide by the vault's policy as it is now? */
export async function expectDecider(
  tx: Transaction,
  { actor, decided, connectionId, askedAt }: Omit<Deciding, 'frozenSha256'>,
): Promise<Result<{ policy: ApprovalPolicy; decider: Decider }, ServiceError>> {
  const policy = policyOf(await tx.connection.findUniqueOrThrow({ where: { id: connectionId } }))
  const decider = await findDecider(tx, actor.personId)
  const facts = { importerId: decided.importerId, requesterId: requesterOf(decided), waiting: true, askedAt, policy }
  const closed = decider ? cannotDecide(decider, facts) : 'role-missing'
  return decider && !closed ? ok({ policy, decider }) : err(refusalOf(closed ?? 'role-missing'))
}

const OTHER_ACCOUNT =
  'Another account of yours (the same subject or e-mail) has approved this; it waits for another officer.'

/**
 * Reads, inside the transaction, what an approval rests on: the officer, the policy, the approvals that count now. Voids
 * what has lapsed, so that whoever gave it may give it again.
 */
export async function readStanding(
  ctx: Context,
  tx: Transaction,
  deciding: Deciding,
): Promise<Result<Standing, ServiceError>> {
  const { actor, decided, askedAt, frozenSha256 } = deciding
  const now = ctx.clock()
  const allowed = await expectDecider(tx, deciding)
  if (!allowed.ok) return allowed
  const { policy, decider } = allowed.value
  const about = reviewedOf(decided)
  await tx.approval.updateMany({
    where: { ...about, voidedAt: null, expiresAt: { lte: now } },
    data: { voidedAt: now },
  })
  const request: ApprovedRequest = { askedAt, frozenSha256, ownIds: [decided.importerId, requesterOf(decided)], policy }
  const counted = await standingApprovals(tx, about, request, now)
  if (counted.some(({ approverId }) => decider.otherAccountIds.includes(approverId))) {
    return err({ code: 'already-approved', message: OTHER_ACCOUNT })
  }
  const others = counted.filter(({ approverId }) => approverId !== actor.personId)
  const last = others.length + 1 >= policy.required
  if (!last && others.length < counted.length) return err({ code: 'already-approved' })
  return ok({ required: policy.required, others, last })
}

export interface NewDecision extends Pick<Deciding, 'actor' | 'decided' | 'frozenSha256'> {
  decision: 'approve' | 'reject'
  reason: string
  compared?: { by: string; value: string }
  /** The act follows at once: within fifteen minutes or not at all. */
  last: boolean
}

/**
 * One decision of an officer that counts. An approval that the same officer gave for the same request, and whose act
 * nobody knows to have happened, serves again within its fifteen minutes; any other of theirs is voided first.
 */
export async function takeDecision(ctx: Context, tx: Transaction, wanted: NewDecision): Promise<Approval> {
  const now = ctx.clock()
  const own = { ...reviewedOf(wanted.decided), approverId: wanted.actor.personId, voidedAt: null }
  const standing = await tx.approval.findFirst({ where: own })
  if (standing && servesAgain(standing, wanted, now)) return standing
  if (standing) await tx.approval.update({ where: { id: standing.id }, data: { voidedAt: now } })
  const expiresAt = new Date(now.getTime() + APPROVAL_VALID_MS)
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
      expiresAt,
      actBefore: wanted.last ? new Date(now.getTime() + ACT_WITHIN_MS) : expiresAt,
    },
  })
}

function servesAgain(standing: Approval, wanted: NewDecision, now: Date): boolean {
  return (
    standing.decision === wanted.decision &&
    standing.reason === wanted.reason &&
    standing.frozenSha256 === wanted.frozenSha256 &&
    standing.comparedValue === (wanted.compared?.value ?? null) &&
    standing.actedAt === null &&
    wanted.last === standing.actBefore < standing.expiresAt &&
    standing.actBefore > now
  )
}

/** The act followed: what it rested on is used up; decisions the other way count no more. */
export async function markActed(
  ctx: Context,
  tx: Transaction,
  about: Reviewed,
  decision: 'approve' | 'reject' = 'approve',
): Promise<void> {
  const at = ctx.clock()
  await tx.approval.updateMany({ where: { ...about, voidedAt: null, actedAt: null, decision }, data: { actedAt: at } })
  await tx.approval.updateMany({
    where: { ...about, voidedAt: null, decision: decision === 'approve' ? 'reject' : 'approve' },
    data: { voidedAt: at },
  })
}

/** The act did not follow and must not: decisions of this sort count no more. Answers how many did. */
export async function voidDecisions(
  ctx: Context,
  tx: Transaction,
  about: Reviewed,
  decision: 'approve' | 'reject',
): Promise<number> {
  const { count } = await tx.approval.updateMany({
    where: { ...about, voidedAt: null, decision },
    data: { voidedAt: ctx.clock() },
  })
  return count
}

/** Nothing reached the vault: an approval whose fifteen minutes are over serves no retry. */
export async function voidLapsed(ctx: Context, tx: Transaction, about: Reviewed): Promise<void> {
  const now = ctx.clock()
  await tx.approval.updateMany({
    where: { ...about, voidedAt: null, actBefore: { lte: now } },
    data: { voidedAt: now },
  })
}
