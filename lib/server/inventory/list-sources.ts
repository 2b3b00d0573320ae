import 'server-only'
import { cache } from 'react'
import type { Environment } from '@/lib/domain/connections/kind'
import type { InventorySource } from '@/lib/domain/keys/views'
import { toConnectionState } from '../connections/health-state'
import type { Context } from '../context'

interface SourceSqlRow {
  id: string
  name: string
  url: string
  environment: Environment
  state: string | null
  indexed_at: Date | null
  last_error_code: string | null
}

/**
 * Where the inventory comes from: how old each vault's part is, and whether the vault can be read now. The frame and
 * the page of one request ask for it alike, so it is read once a request.
 */
export const listSources = cache(async (db: Context['db']): Promise<InventorySource[]> => {
  const rows = await db.$queryRaw<SourceSqlRow[]>`
    SELECT c.id, c.name, c.url, c.environment::text AS environment, h.state, h.indexed_at, h.last_error_code
    FROM connection c LEFT JOIN connection_health h ON h.connection_id = c.id
    WHERE c.removed_at IS NULL ORDER BY c.name`
  return rows.map((row) => ({
    connectionId: row.id,
    vaultName: row.name,
    vaultUrl: row.url,
    environment: row.environment,
    state: toConnectionState(row.state ?? undefined),
    indexedAt: row.indexed_at?.toISOString() ?? null,
    lastErrorCode: row.last_error_code,
  }))
})
