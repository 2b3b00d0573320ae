import 'server-only'
import type { StatusView } from '@/lib/domain/connections/views'
import { clocksApart } from '@/lib/domain/failures/clocks-apart'
import { hasPermission } from '@/lib/domain/people/permissions'
import type { Actor, Context } from '../context'
import { countNotices } from '../notifications/count-notices'
import { countProposals } from '../proposals/list-proposals'
import { readStanding } from './read-standing'

/** What the shell asks every few seconds: counts and states from our own tables, never from a vault. */
export async function getStatus(ctx: Context, actor: Actor): Promise<StatusView> {
  const [{ waiting, alarms, sources, now }, waitingProposals, notices] = await Promise.all([
    readStanding(ctx.db),
    countProposals(ctx, actor),
    countNotices(ctx, actor),
  ])
  const vaults = sources.map(({ connectionId, vaultName, environment, state }) => ({
    id: connectionId,
    name: vaultName,
    environment,
    state,
  }))
  const waitingReviews = hasPermission(actor.roles, 'reviews.read') ? waiting : 0
  const clockAheadMs = clocksApart(now, ctx.clock())
  return { waitingReviews, waitingProposals, alarms, notices, vaults, clockAheadMs }
}
