import 'server-only'
import type { StatusView } from '@/lib/domain/connections/views'
import { hasPermission } from '@/lib/domain/people/permissions'
import { toConnectionState } from '../connections/health-state'
import type { Actor, Context } from '../context'

/** What the shell asks every few seconds: counts and states from our own tables, never from a vault. */
export async function getStatus(ctx: Context, actor: Actor): Promise<StatusView> {
  const seesReviews = hasPermission(actor.roles, 'reviews.read')
  const [waitingReviews, alarms, connections] = await Promise.all([
    seesReviews ? countWaiting(ctx) : 0,
    ctx.db.alarm.count({ where: { acknowledgedAt: null } }),
    ctx.db.connection.findMany({ where: { removedAt: null }, include: { health: true }, orderBy: { name: 'asc' } }),
  ])
  const vaults = connections.map(({ id, name, environment, health }) => ({
    id,
    name,
    environment,
    state: toConnectionState(health?.state),
  }))
  return { waitingReviews, alarms, vaults }
}

async function countWaiting(ctx: Context): Promise<number> {
  const [imports, enables] = await Promise.all([
    ctx.db.import.count({ where: { status: 'awaiting_review' } }),
    ctx.db.enableRequest.count({ where: { status: 'awaiting_review' } }),
  ])
  return imports + enables
}
