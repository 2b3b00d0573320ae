import 'server-only'
import type { Environment } from '@/lib/domain/connections/kind'
import type { VaultStanding } from '@/lib/domain/connections/views'
import type { InventorySource } from '@/lib/domain/keys/views'
import { toConnectionState } from '../connections/health-state'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'

/** What every page's frame shows, and the inventory again. The same for everybody: nothing here is anybody's own. */
export interface Standing {
  /** Imports and requests to enable that wait for a decision. */
  waiting: number
  /** Proposals that wait, whoever may confirm them. */
  proposals: number
  /** Alarms that nobody has acknowledged. */
  alarms: number
  /** The kinds of notices of which some may be open, whoever they are for. */
  noticed: string[]
  sources: InventorySource[]
  vaults: VaultStanding[]
  /** The database's own clock. */
  now: Date
}

/** Instants as PostgreSQL writes them in JSON: ISO 8601 with an offset. */
export interface StandingJson {
  now: string
  waiting: number
  proposals: number
  alarms: number
  noticed: string[]
  vaults: VaultJson[]
}

interface VaultJson {
  id: string
  name: string
  url: string
  environment: Environment
  /** null with the rest: not asked so far. */
  state: string | null
  indexedAt: string | null
  lastAnswerAt: string | null
  lastErrorCode: string | null
}

/** All of it as one value, so that the session's own statement can bring it along. */
export const STANDING_SQL = Prisma.sql`json_build_object(
  'now', clock_timestamp(),
  'waiting', (SELECT count(*) FROM import WHERE status = 'awaiting_review')
           + (SELECT count(*) FROM enable_request WHERE status = 'awaiting_review'),
  'proposals', (SELECT count(*) FROM proposal WHERE status = 'waiting'),
  'alarms', (SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL),
  'noticed', ARRAY(SELECT DISTINCT kind FROM notification WHERE settled_at IS NULL),
  'vaults', (SELECT coalesce(json_agg(json_build_object(
      'id', c.id, 'name', c.name, 'url', c.url, 'environment', c.environment, 'state', h.state,
      'indexedAt', h.indexed_at, 'lastAnswerAt', h.last_answer_at, 'lastErrorCode', h.last_error_code) ORDER BY c.name), '[]')
    FROM connection c LEFT JOIN connection_health h ON h.connection_id = c.id WHERE c.removed_at IS NULL))`

/** As the request's door read it with the session; where there is none, read now. */
export async function standingOf({ db, standing }: Pick<Context, 'db' | 'standing'>): Promise<Standing> {
  if (standing) return standing
  const [row] = await readRows<{ standing: StandingJson }>(db, Prisma.sql`SELECT ${STANDING_SQL} AS standing`)
  if (!row) throw new Error('counts without a row')
  return toStanding(row.standing)
}

export function toStanding({ vaults, now, ...counts }: StandingJson): Standing {
  return { ...counts, now: new Date(now), sources: vaults.map(toSource), vaults: vaults.map(toVault) }
}

const toSource = (vault: VaultJson): InventorySource => ({
  connectionId: vault.id,
  vaultName: vault.name,
  vaultUrl: vault.url,
  environment: vault.environment,
  state: toConnectionState(vault.state ?? undefined),
  indexedAt: isoOf(vault.indexedAt),
  lastErrorCode: vault.lastErrorCode,
})

const toVault = (vault: VaultJson): VaultStanding => ({
  id: vault.id,
  name: vault.name,
  environment: vault.environment,
  state: toConnectionState(vault.state ?? undefined),
  lastAnswerAt: isoOf(vault.lastAnswerAt),
})

const isoOf = (instant: string | null) => (instant === null ? null : new Date(instant).toISOString())
