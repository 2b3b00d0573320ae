import 'server-only'
import type { Environment } from '@/lib/domain/connections/kind'
import type { KeyState } from '@/lib/domain/keys/key-state'
import type { InventoryPage, InventoryQuery, InventoryRow, KeyOrigin } from '@/lib/domain/keys/views'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { requirePermission } from '../people/require-permission'
import { countSql, filterSql } from './filter-sql'
import { listSources } from './list-sources'
import { sortSql } from './sort-sql'
import { stateSql } from './state-sql'

/** The SELECT below, column by column. */
interface KeySqlRow {
  id: string
  connection_id: string
  vault_name: string
  environment: Environment
  name: string
  kty: string | null
  size_or_curve: string | null
  hsm_platform: string | null
  state: KeyState
  compromised: boolean
  is_kek: boolean
  under_review: boolean
  origin: KeyOrigin
  expires_at: Date | null
  vault_updated_at: Date | null
  /** Of all pages, the same in every row. */
  total: number
}

const MAX_PAGE_SIZE = 500

/** The inventory from our own index: it never waits for a vault. */
export async function listKeys(ctx: Context, actor: Actor, query: InventoryQuery): Promise<InventoryPage> {
  requirePermission(actor, 'keys.read')
  const now = ctx.clock()
  const pageSize = Math.min(Math.max(1, Math.trunc(query.pageSize)), MAX_PAGE_SIZE)
  const select = (page: number) => selectKeys(ctx, { query, now, pageSize, page })
  const asked = Math.max(1, Math.trunc(query.page))
  const [sources, found] = await Promise.all([listSources(ctx), select(asked)])
  const total = found[0]?.total ?? (asked === 1 ? 0 : await countKeys(ctx, query, now))
  const pageCount = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(asked, pageCount)
  const rows = page === asked ? found : await select(page)
  return { rows: rows.map(toRow), total, page, pageCount, sources }
}

interface Selection {
  query: InventoryQuery
  now: Date
  pageSize: number
  page: number
}

/** The rows of a page and, in each of them, how many there are in all: one statement, so that the two agree. */
function selectKeys(ctx: Context, { query, now, pageSize, page }: Selection): Promise<KeySqlRow[]> {
  const statement = Prisma.sql`
    SELECT k.id, k.connection_id, c.name AS vault_name, c.environment, k.name, k.kty, k.size_or_curve, k.hsm_platform,
           ${stateSql(now)} AS state, k.compromised, k.origin, k.expires_at, k.vault_updated_at,
           coalesce(v.key_ops = ARRAY['import'], false) AS is_kek,
           EXISTS (SELECT FROM import i WHERE i.connection_id = k.connection_id AND i.key_name = k.name
                   AND i.key_version = k.latest_version AND i.status IN ('awaiting_review', 'enabling', 'rejecting')
           ) AS under_review, (${countSql(query, now)}) AS total
    FROM key_record k JOIN connection c ON c.id = k.connection_id
    LEFT JOIN key_version v ON v.key_record_id = k.id AND v.version = k.latest_version
    WHERE ${filterSql(query, now)} ${sortSql(query.sort, query.descending)}
    LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  return readRows(ctx.db, statement)
}

/** For a page beyond the last, which has no row to say it. */
async function countKeys(ctx: Context, query: InventoryQuery, now: Date): Promise<number> {
  const [row] = await readRows<{ total: number }>(ctx.db, Prisma.sql`SELECT (${countSql(query, now)}) AS total`)
  return row?.total ?? 0
}

function toRow(row: KeySqlRow): InventoryRow {
  return {
    id: row.id,
    connectionId: row.connection_id,
    vaultName: row.vault_name,
    environment: row.environment,
    name: row.name,
    kty: row.kty,
    sizeOrCurve: row.size_or_curve,
    hsmPlatform: row.hsm_platform,
    state: row.state,
    compromised: row.compromised,
    isKek: row.is_kek,
    underReview: row.under_review,
    origin: row.origin,
    expiresAt: row.expires_at?.toISOString() ?? null,
    updatedAt: row.vault_updated_at?.toISOString() ?? null,
  }
}
