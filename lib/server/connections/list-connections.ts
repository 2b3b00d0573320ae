import 'server-only'
import type { ConnectionView } from '@/lib/domain/connections/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { CONNECTION_PARTS, toConnectionView } from './connection-view'

export async function listConnections(ctx: Context, actor: Actor): Promise<ConnectionView[]> {
  requirePermission(actor, 'connections.read')
  const [connections, counts] = await Promise.all([
    ctx.db.connection.findMany({ where: { removedAt: null }, include: CONNECTION_PARTS, orderBy: { name: 'asc' } }),
    ctx.db.keyRecord.groupBy({ by: ['connectionId'], where: { deletedAt: null, purgedAt: null }, _count: true }),
  ])
  const countOf = new Map(counts.map((count) => [count.connectionId, count._count]))
  return connections.map((connection) => toConnectionView(connection, countOf.get(connection.id) ?? 0, actor))
}
