import 'server-only'
import type { StatusView } from '@/lib/domain/connections/views'
import { clocksApart } from '@/lib/domain/failures/clocks-apart'
import { hasPermission } from '@/lib/domain/people/permissions'
import type { Actor, Context } from '../context'
import { countNotices } from '../notifications/count-notices'
import { countProposals } from '../proposals/list-proposals'
import { standingOf } from './read-standing'

/** What the shell asks every few seconds: counts and states from our own tables, never from a vault. */
export async function getStatus(ctx: Context, actor: Actor): Promise<StatusView> {
  const { waiting, proposals, alarms, noticed, vaults, now } = await standingOf(ctx)
  return {
    waitingReviews: hasPermission(actor.roles, 'reviews.read') ? waiting : 0,
    waitingProposals: proposals > 0 ? await countProposals(ctx, actor) : 0,
    alarms,
    notices: await countNotices(ctx, actor, noticed),
    vaults,
    clockAheadMs: clocksApart(now, ctx.clock()),
  }
}
