import type { ConnectionView } from '@/lib/domain/connections/views'
import type { InventorySource } from '@/lib/domain/keys/views'

/** A connection as the inventory names where its rows come from. */
export function sourceOf(connection: ConnectionView): InventorySource {
  const { id, name, environment, state, indexedAt, lastErrorCode } = connection
  return { connectionId: id, vaultName: name, environment, state, indexedAt, lastErrorCode }
}
