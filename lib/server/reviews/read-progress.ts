import 'server-only'
import type { ReviewFacts } from '@/lib/domain/reviews/may-decide'
import type { ApprovalProgress } from '@/lib/domain/reviews/views'
import type { Actor, Context } from '../context'
import { findDeciders } from '../people/list-deciders'
import { namePeople } from '../people/name-people'
import { type Reviewed, standingApprovals } from './standing-approvals'

/** How far a review is: who approved, how many are missing, who else can. What they compared is in no part of it. */
export async function readProgress(
  ctx: Context,
  actor: Actor,
  about: Reviewed,
  { frozenSha256, ...facts }: ReviewFacts & { frozenSha256: string | null },
): Promise<ApprovalProgress> {
  const { askedAt, policy } = facts
  const ownIds = [facts.importerId, facts.requesterId]
  const [counted, deciders] = await Promise.all([
    standingApprovals(ctx.db, about, { askedAt, frozenSha256, ownIds, policy }, ctx.clock()),
    findDeciders(ctx.db, ownIds, { policy, askedAt }),
  ])
  const nameOf = await namePeople(
    ctx.db,
    counted.map(({ approverId }) => approverId),
  )
  const approvers = counted.map(({ approverId }) => approverId)
  return {
    required: policy.required,
    given: counted.map(({ approverId, decidedAt, expiresAt }) => ({
      name: nameOf(approverId),
      at: decidedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      mine: approverId === actor.personId,
    })),
    others: deciders.filter(({ id }) => id !== actor.personId && !approvers.includes(id)).map(({ name }) => name),
    mineWaits: approvers.includes(actor.personId) && approvers.length < policy.required,
  }
}
