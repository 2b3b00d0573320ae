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

/** The SELECT below, column by column, as JSON writes it. */
interface KeyJson {
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
  /** Milliseconds since 1970, as the other. */
  expires_at: number | null
  vault_updated_at: number | null
}

interface Found {
  rows: KeyJson[]
  /** Of all pages. */
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
  const pageCount = Math.max(1, Math.ceil(found.total / pageSize))
  const page = Math.min(asked, pageCount)
  const { rows, total } = page === asked ? found : await select(page)
  return { rows: rows.map(toRow), total, page, pageCount, sources }
}

interface Selection {
  query: InventoryQuery
  now: Date
  pageSize: number
  page: number
}

/**
 * The rows of a page and how many there are in all: one statement, so that the two agree. The rows come as one value: the
 * driver reads eight hundred of them one by one, and JSON at once.
 */
async function selectKeys(ctx: Context, { query, now, pageSize, page }: Selection): Promise<Found> {
  const rows = Prisma.sql`
    SELECT k.id, k.connection_id, c.name AS vault_name, c.environment, k.name, k.kty, k.size_or_curve, k.hsm_platform,
           ${stateSql(now)} AS state, k.compromised, k.origin, ${milliseconds(Prisma.sql`k.expires_at`)} AS expires_at,
           ${milliseconds(Prisma.sql`k.vault_updated_at`)} AS vault_updated_at,
           coalesce(v.key_ops = ARRAY['import'], false) AS is_kek,
           EXISTS (SELECT FROM import i WHERE i.connection_id = k.connection_id AND i.key_name = k.name
                   AND i.key_version = k.latest_version AND i.status IN ('awaiting_review', 'enabling', 'rejecting')
           ) AS under_review
    FROM key_record k JOIN connection c ON c.id = k.connection_id
    LEFT JOIN key_version v ON v.key_record_id = k.id AND v.version = k.latest_version
    WHERE ${filterSql(query, now)} ${sortSql(query.sort, query.descending)}
    LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  const statement = Prisma.sql`
    SELECT coalesce((SELECT json_agg(r) FROM (${rows}) r), '[]') AS rows, (${countSql(query, now)}) AS total`
  const [found] = await readRows<Found>(ctx.db, statement)
  if (!found) throw new Error('a count without a row')
  return found
}

/** Since 1970, of a column: read without a parser of dates. */
const milliseconds = (column: Prisma.Sql) => Prisma.sql`floor(extract(epoch FROM ${column}) * 1000)::bigint`

const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function toRow(row: KeyJson): InventoryRow {
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
    expiresAt: isoOf(row.expires_at),
    updatedAt: isoOf(row.vault_updated_at),
  }
}
