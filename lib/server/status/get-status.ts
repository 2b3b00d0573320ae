import 'server-only'
import type { StatusView } from '@/lib/domain/connections/views'
import { hasPermission } from '@/lib/domain/people/permissions'
import type { Actor, Context } from '../context'
import { listSources } from '../inventory/list-sources'

/** What the shell asks every few seconds: counts and states from our own tables, never from a vault. */
export async function getStatus(ctx: Context, actor: Actor): Promise<StatusView> {
  const [counts, sources] = await Promise.all([count(ctx), listSources(ctx.db)])
  const vaults = sources.map(({ connectionId, vaultName, environment, state }) => ({
    id: connectionId,
    name: vaultName,
    environment,
    state,
  }))
  const waitingReviews = hasPermission(actor.roles, 'reviews.read') ? counts.waiting : 0
  return { waitingReviews, alarms: counts.alarms, vaults }
}

async function count(ctx: Context): Promise<{ waiting: number; alarms: number }> {
  const [row] = await ctx.db.$queryRaw<{ waiting: number; alarms: number }[]>`
    SELECT ((SELECT count(*) FROM import WHERE status = 'awaiting_review')
          + (SELECT count(*) FROM enable_request WHERE status = 'awaiting_review'))::int AS waiting,
           (SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL)::int AS alarms`
  return row ?? { waiting: 0, alarms: 0 }
}
