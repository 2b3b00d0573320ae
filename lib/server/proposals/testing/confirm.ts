import { createHash, randomBytes } from 'node:crypto'
import type { Actor, Context } from '../../context'
import { confirmProposal } from '../confirm-proposal'

/** A proposal as whoever decides it sees it now. */
export async function seen(ctx: Context, proposalId: string) {
  const { revision, frozenSha256 } = await ctx.db.proposal.findUniqueOrThrow({ where: { id: proposalId } })
  return { proposalId, revision, frozenSha256 }
}

/** A token as the confirmer's browser makes it, and what it sends of it. */
export function newToken(): { token: string; sha256: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, sha256: createHash('sha256').update(token).digest('hex') }
}

export async function confirm(ctx: Context, actor: Actor, proposalId: string, invitationSha256: string | null = null) {
  return confirmProposal(ctx, actor, { ...(await seen(ctx, proposalId)), reason: 'As agreed', invitationSha256 })
}

/** The id of a proposal that was made, or the failure of the test. */
export function idOf(result: { ok: true; value: { proposalId: string } } | { ok: false; error: unknown }): string {
  if (!result.ok) throw new Error(`not proposed: ${JSON.stringify(result.error)}`)
  return result.value.proposalId
}
