import 'server-only'
import type { ConnectionDocument } from '@/lib/domain/connections/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { listWaiting } from '../proposals/list-waiting'
import { CONNECTION_PARTS, toConnectionView } from './connection-view'

export async function getConnection(ctx: Context, actor: Actor, id: string): Promise<ConnectionDocument | null> {
  requirePermission(actor, 'connections.read')
  const connection = await ctx.db.connection.findFirst({ where: { id, removedAt: null }, include: CONNECTION_PARTS })
  if (!connection) return null
  const keyCount = await ctx.db.keyRecord.count({ where: { connectionId: id, deletedAt: null, purgedAt: null } })
  const waiting = await listWaiting(ctx, actor, id)
  return { ...toConnectionView(connection, keyCount, actor), waiting }
}
