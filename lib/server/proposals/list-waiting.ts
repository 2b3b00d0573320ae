import 'server-only'
import type { ProposalKind } from '@/lib/domain/proposals/kinds'
import type { Actor, Context } from '../context'
import { kindsSeenBy } from './may-see'

/** What waits about one person, vault or key version, as far as the reader may see it. */
export function listWaiting(
  ctx: Context,
  actor: Actor,
  subjectId: string,
): Promise<{ id: string; kind: ProposalKind }[]> {
  return ctx.db.proposal.findMany({
    where: { subjectId, kind: { in: kindsSeenBy(actor) }, status: 'waiting', expiresAt: { gt: ctx.clock() } },
    select: { id: true, kind: true },
    orderBy: { proposedAt: 'asc' },
  })
}
