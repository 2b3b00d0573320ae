import 'server-only'
import type { FrozenProposal, ProposalHead } from '@/lib/domain/proposals/frozen-proposal'
import { PROPOSAL_LIFETIME_MS, PROPOSAL_PERMISSIONS, type ProposalKind } from '@/lib/domain/proposals/kinds'
import { isLapsed } from '@/lib/domain/proposals/may-decide-proposal'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { raiseNotification } from '../notifications/raise-notification'
import { stillPermitted } from '../people/still-permitted'
import { permit } from '../permit'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import { freezeProposal } from './freeze-proposal'
import { recordProposalEvent } from './record-proposal-event'
import { rulesOf } from './registry'

/** Puts the change together from the present state, inside the proposing transaction; `head` begins it. */
export type BuildProposal<Kind extends ProposalKind> = (
  tx: Transaction,
  head: ProposalHead,
) => Promise<Result<FrozenProposal<Kind>, ServiceError>>

/**
 * Proposes a change that takes two: check, freeze, row and audit event in one transaction. A kind's own service
 * (e.g. `lib/server/people/propose-person.ts`) says what is to be changed; one of a kind waits for a subject at a time.
 */
export async function propose<Kind extends ProposalKind>(
  ctx: Context,
  actor: Actor,
  wish: { kind: Kind; reason: string; build: BuildProposal<Kind> },
): Promise<Result<{ proposalId: string }, ServiceError>> {
  const permission = PROPOSAL_PERMISSIONS[wish.kind].propose
  const permitted = permit(actor, permission)
  if (!permitted.ok) return permitted
  const reason = checkReason(wish.reason)
  if (!reason.ok) return reason
  const proposalId = ctx.newId()
  return inAct(ctx, async (tx) => {
    const still = await stillPermitted(tx, actor, permission)
    if (!still.ok) return still
    const { issuer, subject } = actor
    const head: ProposalHead = { schema: 'drawbridge/proposal/1', proposalId, proposer: { issuer, subject } }
    const built = await wish.build(tx, head)
    if (!built.ok) return built
    const frozen = built.value
    const checked = await rulesOf(wish.kind).check(tx, frozen, ctx.clock())
    if (!checked.ok) return checked
    const free = await makeRoom(ctx, tx, actor, frozen)
    if (!free.ok) return free
    await insert(ctx, tx, actor, frozen, reason.value)
    return ok({ proposalId })
  })
}

/** One that has lapsed can't be confirmed any more: it makes room, and says so. */
async function makeRoom(
  ctx: Context,
  tx: Transaction,
  actor: Actor,
  { kind, subject }: FrozenProposal,
): Promise<Result<void, ServiceError>> {
  const standing = await tx.proposal.findFirst({ where: { kind, subjectId: subject.id, status: 'waiting' } })
  if (!standing) return ok(undefined)
  const now = ctx.clock()
  if (!isLapsed(standing, now)) return err({ code: 'proposal-waiting' })
  await tx.proposal.update({
    where: { id: standing.id },
    data: {
      status: 'failed',
      revision: { increment: 1 },
      decidedById: actor.personId,
      decidedAt: now,
      decisionReason: 'It had lapsed and was proposed anew.',
    },
  })
  return ok(undefined)
}

async function insert(ctx: Context, tx: Transaction, actor: Actor, frozen: FrozenProposal, reason: string) {
  const { text, sha256 } = freezeProposal(frozen)
  const proposedAt = ctx.clock()
  await tx.proposal.create({
    data: {
      id: frozen.proposalId,
      kind: frozen.kind,
      subjectId: frozen.subject.id,
      proposerId: actor.personId,
      reason,
      status: 'waiting',
      frozenRequest: text,
      frozenSha256: sha256,
      proposedAt,
      expiresAt: new Date(proposedAt.getTime() + PROPOSAL_LIFETIME_MS),
    },
  })
  await recordProposalEvent(tx, 'proposal.made', { actor, at: proposedAt, frozen, frozenSha256: sha256, reason })
  const told = { proposalId: frozen.proposalId, proposalKind: frozen.kind }
  await raiseNotification(ctx, tx, { kind: 'proposal-waiting', facts: told })
}
