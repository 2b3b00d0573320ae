import 'server-only'
import { PROPOSAL_PERMISSIONS } from '@/lib/domain/proposals/kinds'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { stillPermitted } from '../people/still-permitted'
import { inAct } from '../reviews/in-act'
import { endProposal, openProposal, type SeenProposal } from './open-proposal'
import { recordProposalEvent } from './record-proposal-event'

/** Takes one's own proposal back. */
export async function withdrawProposal(
  ctx: Context,
  actor: Actor,
  input: SeenProposal,
): Promise<Result<void, ServiceError>> {
  return inAct(ctx, async (tx) => {
    const opened = await openProposal(tx, input)
    if (!opened.ok) return opened
    const { row, frozen } = opened.value
    if (row.proposerId !== actor.personId) {
      return err({ code: 'not-permitted', message: 'Only the one who proposed it can withdraw it.' })
    }
    const still = await stillPermitted(tx, actor, PROPOSAL_PERMISSIONS[row.kind].propose)
    if (!still.ok) return still
    const at = ctx.clock()
    const ended = await endProposal(tx, row, { status: 'withdrawn', by: actor.personId, at, reason: null })
    if (!ended.ok) return ended
    const told = { actor, at, frozen, frozenSha256: row.frozenSha256, reason: null }
    await recordProposalEvent(tx, 'proposal.withdrawn', told)
    return ok(undefined)
  })
}
