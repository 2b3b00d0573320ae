import 'server-only'
import type { InventorySource } from '@/lib/domain/keys/views'
import { toConnectionState } from '../connections/health-state'
import type { Context } from '../context'

/** Where the inventory comes from: how old each vault's part is, and whether the vault can be read now. */
export async function listSources(db: Context['db']): Promise<InventorySource[]> {
  const connections = await db.connection.findMany({
    where: { removedAt: null },
    include: { health: true },
    orderBy: { name: 'asc' },
  })
  return connections.map(({ id, name, environment, health }) => ({
    connectionId: id,
    vaultName: name,
    environment,
    state: toConnectionState(health?.state),
    indexedAt: health?.indexedAt?.toISOString() ?? null,
    lastErrorCode: health?.lastErrorCode ?? null,
  }))
}
