import 'server-only'
import { cache } from 'react'
import type { Environment } from '@/lib/domain/connections/kind'
import type { InventorySource } from '@/lib/domain/keys/views'
import { toConnectionState } from '../connections/health-state'
import type { Context } from '../context'

export interface Standing {
  /** Imports and requests to enable that wait for a decision. */
  waiting: number
  /** Alarms that nobody has acknowledged. */
  alarms: number
  sources: InventorySource[]
  /** The database's own clock. */
  now: Date
}

/** A vault's columns are null in the one row that there is when no vault is connected. */
interface StandingSqlRow {
  waiting: number
  alarms: number
  now: Date
  id: string | null
  name: string
  url: string
  environment: Environment
  state: string | null
  indexed_at: Date | null
  last_error_code: string | null
}

/** What every page's frame shows, and the inventory again: one statement, asked once a request. */
export const readStanding = cache(async (db: Context['db']): Promise<Standing> => {
  const rows = await db.$queryRaw<StandingSqlRow[]>`
    SELECT n.waiting, n.alarms, n.now, c.id, c.name, c.url, c.environment::text AS environment, h.state, h.indexed_at, h.last_error_code
    FROM (SELECT ((SELECT count(*) FROM import WHERE status = 'awaiting_review')
                + (SELECT count(*) FROM enable_request WHERE status = 'awaiting_review'))::int AS waiting,
                 (SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL)::int AS alarms, clock_timestamp() AS now) n
    LEFT JOIN connection c ON c.removed_at IS NULL
    LEFT JOIN connection_health h ON h.connection_id = c.id
    ORDER BY c.name`
  const [first] = rows
  if (!first) throw new Error('counts without a row')
  const { waiting, alarms, now } = first
  return { waiting, alarms, now, sources: rows.flatMap(toSource) }
})

function toSource({ id, ...row }: StandingSqlRow): InventorySource[] {
  if (id === null) return []
  return [
    {
      connectionId: id,
      vaultName: row.name,
      vaultUrl: row.url,
      environment: row.environment,
      state: toConnectionState(row.state ?? undefined),
      indexedAt: row.indexed_at?.toISOString() ?? null,
      lastErrorCode: row.last_error_code,
    },
  ]
}
