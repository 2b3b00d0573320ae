import 'server-only'
import { cache } from 'react'
import type { Environment } from '@/lib/domain/connections/kind'
import type { VaultStanding } from '@/lib/domain/connections/views'
import type { InventorySource } from '@/lib/domain/keys/views'
import { toConnectionState } from '../connections/health-state'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'

export interface Standing {
  /** Imports and requests to enable that wait for a decision. */
  waiting: number
  /** Proposals that wait, whoever may confirm them. */
  proposals: number
  /** Alarms that nobody has acknowledged. */
  alarms: number
  sources: InventorySource[]
  vaults: VaultStanding[]
  /** The database's own clock. */
  now: Date
}

type Counts = Pick<Standing, 'waiting' | 'proposals' | 'alarms' | 'now'>

interface VaultSqlRow {
  id: string
  name: string
  url: string
  environment: Environment
  state: string | null
  indexed_at: Date | null
  last_answer_at: Date | null
  last_error_code: string | null
}

/** A vault's columns are null in the one row that there is when no vault is connected. */
type StandingSqlRow = Counts & (VaultSqlRow | { id: null })

/** What every page's frame shows, and the inventory again: one statement, asked once a request, the same for everybody. */
export const readStanding = cache(async (db: Context['db']): Promise<Standing> => {
  const statement = Prisma.sql`
    SELECT n.waiting, n.proposals, n.alarms, n.now,
           c.id, c.name, c.url, c.environment::text AS environment, h.state, h.indexed_at, h.last_answer_at, h.last_error_code
    FROM (SELECT ((SELECT count(*) FROM import WHERE status = 'awaiting_review')
                + (SELECT count(*) FROM enable_request WHERE status = 'awaiting_review'))::int AS waiting,
                 (SELECT count(*) FROM proposal WHERE status = 'waiting')::int AS proposals,
                 (SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL)::int AS alarms,
                 clock_timestamp() AS now) n
    LEFT JOIN connection c ON c.removed_at IS NULL
    LEFT JOIN connection_health h ON h.connection_id = c.id
    ORDER BY c.name`
  const rows = await readRows<StandingSqlRow>(db, statement)
  const [first] = rows
  if (!first) throw new Error('counts without a row')
  const { waiting, proposals, alarms, now } = first
  const vaults = rows.flatMap((row) => (row.id === null ? [] : [row]))
  return { waiting, proposals, alarms, now, sources: vaults.map(toSource), vaults: vaults.map(toVault) }
})

const toSource = (row: VaultSqlRow): InventorySource => ({
  connectionId: row.id,
  vaultName: row.name,
  vaultUrl: row.url,
  environment: row.environment,
  state: toConnectionState(row.state ?? undefined),
  indexedAt: row.indexed_at?.toISOString() ?? null,
  lastErrorCode: row.last_error_code,
})

const toVault = (row: VaultSqlRow): VaultStanding => ({
  id: row.id,
  name: row.name,
  environment: row.environment,
  state: toConnectionState(row.state ?? undefined),
  lastAnswerAt: row.last_answer_at?.toISOString() ?? null,
})
