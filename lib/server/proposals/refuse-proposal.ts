import 'server-only'
import { PROPOSAL_PERMISSIONS } from '@/lib/domain/proposals/kinds'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { stillPermitted } from '../people/still-permitted'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import { endProposal, openProposal, type SeenProposal } from './open-proposal'
import { recordProposalEvent } from './record-proposal-event'

/** Says no. Whoever proposed it withdraws it instead, so that the record tells the two apart. */
export async function refuseProposal(
  ctx: Context,
  actor: Actor,
  input: SeenProposal & { reason: string },
): Promise<Result<void, ServiceError>> {
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  return inAct(ctx, async (tx) => {
    const opened = await openProposal(tx, input)
    if (!opened.ok) return opened
    const { row, frozen } = opened.value
    if (row.proposerId === actor.personId) {
      return err({ code: 'own-proposal', message: 'You proposed this yourself: withdraw it.' })
    }
    const still = await stillPermitted(tx, actor, PROPOSAL_PERMISSIONS[row.kind].confirm)
    if (!still.ok) return still
    const at = ctx.clock()
    const ended = await endProposal(tx, row, { status: 'refused', by: actor.personId, at, reason: reason.value })
    if (!ended.ok) return ended
    const told = { actor, at, frozen, frozenSha256: row.frozenSha256, reason: reason.value }
    await recordProposalEvent(tx, 'proposal.refused', told)
    return ok(undefined)
  })
}
