import 'server-only'
import type { KekCounts } from '@/lib/domain/keks/views'
import type { Actor, Context } from '../context'
import { type KekStatus, Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { requirePermission } from '../people/require-permission'
import { kekState } from './kek-state'
import { UNDECIDED } from './undecided'

interface KekSqlRow {
  status: KekStatus
  expires_at: Date | null
  /** null: the index has not seen it. */
  enabled: boolean | null
  not_before: Date | null
  deleted: boolean | null
  open_imports: number
}

/** How many KEKs of connected vaults can be wrapped under, and how many imports under any of them are not decided. */
export async function countKeks(ctx: Context, actor: Actor): Promise<KekCounts> {
  requirePermission(actor, 'keks.read')
  const statement = Prisma.sql`
    SELECT k.status::text AS status, k.expires_at, v.enabled, v.not_before,
           (r.deleted_at IS NOT NULL OR r.purged_at IS NOT NULL) AS deleted, coalesce(o.count, 0)::int AS open_imports
    FROM kek k JOIN connection c ON c.id = k.connection_id AND c.removed_at IS NULL
    LEFT JOIN (key_version v JOIN key_record r ON r.id = v.key_record_id)
      ON v.kid = k.kid AND r.connection_id = k.connection_id
    LEFT JOIN (SELECT kek_kid, count(*) FROM import
               WHERE status = ANY (${UNDECIDED}::"ImportStatus"[]) GROUP BY kek_kid) o ON o.kek_kid = k.kid`
  const rows = await readRows<KekSqlRow>(ctx.db, statement)
  const now = ctx.clock()
  return {
    usable: rows.filter((row) => stateOf(row, now) === 'usable').length,
    openImports: rows.reduce((sum, row) => sum + row.open_imports, 0),
  }
}

function stateOf({ status, expires_at, enabled, not_before, deleted }: KekSqlRow, now: Date) {
  const seen = enabled === null ? null : { enabled, notBefore: not_before, deleted: deleted === true }
  return kekState({ status, expiresAt: expires_at, seen }, now)
}
