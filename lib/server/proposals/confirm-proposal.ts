import 'server-only'
import type { FrozenProposal } from '@/lib/domain/proposals/frozen-proposal'
import { PROPOSAL_PERMISSIONS, type ProposalKind } from '@/lib/domain/proposals/kinds'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import type { Proposal } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { accountsOf } from '../people/other-accounts'
import { mayStill, stillPermitted } from '../people/still-permitted'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import { endProposal, openProposal, refuseLapsed, type SeenProposal } from './open-proposal'
import { recordProposalEvent } from './record-proposal-event'
import { rulesOf } from './registry'

export interface ConfirmInput extends SeenProposal {
  reason: string
  /** SHA-256 of the token that the confirmer's browser made, where an invitation goes out. Lower-case hex. */
  invitationSha256: string | null
}

/**
 * The second pair of eyes: in one Serializable transaction the proposal is judged as it was seen, `before` is compared
 * with the present state, the change is applied, and both events are written. All of it, or nothing.
 */
export async function confirmProposal(
  ctx: Context,
  actor: Actor,
  input: ConfirmInput,
): Promise<Result<{ kind: ProposalKind; subjectId: string }, ServiceError>> {
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  let confirmed: FrozenProposal | undefined
  const result = await inAct(ctx, async (tx) => {
    const opened = await openProposal(tx, input)
    if (!opened.ok) return opened
    const { row, frozen } = opened.value
    const at = ctx.clock()
    const admitted = await admit(tx, actor, row, at)
    if (!admitted.ok) return admitted
    const applied = await apply(ctx, tx, actor, { row, frozen, at, reason: reason.value, input })
    if (!applied.ok) return applied
    confirmed = frozen
    return ok({ kind: row.kind, subjectId: row.subjectId })
  })
  if (result.ok && confirmed) await afterwards(ctx, confirmed)
  return result
}

/** Own work, by whichever account, is named before anything else; a missing role is one of the service's own questions, asked afresh. */
async function admit(tx: Transaction, actor: Actor, row: Proposal, at: Date): Promise<Result<void, ServiceError>> {
  const own = await accountsOf(tx, actor.personId)
  if (own.includes(row.proposerId)) return err({ code: 'own-proposal' })
  if (own.includes(row.subjectId)) {
    const message = 'This is about your own account; another person must decide it.'
    return err({ code: 'own-proposal', message })
  }
  const { propose, confirm } = PROPOSAL_PERMISSIONS[row.kind]
  const still = await stillPermitted(tx, actor, confirm)
  if (!still.ok) return still
  if (!(await mayStill(tx, row.proposerId, propose))) {
    const message = 'Whoever proposed this may no longer propose it. Refuse it; if it is needed, propose it yourself.'
    return err({ code: 'proposal-changed', message })
  }
  return refuseLapsed(row, at)
}

interface Confirming<Kind extends ProposalKind> {
  row: Proposal
  frozen: FrozenProposal<Kind>
  at: Date
  reason: string
  input: ConfirmInput
}

async function apply<Kind extends ProposalKind>(
  ctx: Context,
  tx: Transaction,
  actor: Actor,
  { row, frozen, at, reason, input }: Confirming<Kind>,
): Promise<Result<void, ServiceError>> {
  const kind: Kind = frozen.kind
  const rules = rulesOf(kind)
  const checked = await rules.check(tx, frozen, at)
  if (!checked.ok) return checked
  const ended = await endProposal(tx, row, { status: 'confirmed', by: actor.personId, at, reason })
  if (!ended.ok) return ended
  await recordProposalEvent(tx, 'proposal.confirmed', { actor, at, frozen, frozenSha256: row.frozenSha256, reason })
  return rules.apply({ ctx, tx, confirmer: actor, frozen, reason, at, invitationSha256: input.invitationSha256 })
}

async function afterwards<Kind extends ProposalKind>(ctx: Context, frozen: FrozenProposal<Kind>): Promise<void> {
  const kind: Kind = frozen.kind
  await rulesOf(kind).afterwards?.(ctx, frozen)
}
