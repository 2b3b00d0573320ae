import 'server-only'
import type { HistoryPage, HistoryQuery, LogRecordView } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { historyFilterSql } from './history-filter-sql'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from './history-sql'

const MAX_PAGE_SIZE = 500

/** Every release and every refusal that the vaults' logs tell of, newest first. */
export async function listReleases(ctx: Context, actor: Actor, query: HistoryQuery): Promise<HistoryPage> {
  requirePermission(actor, 'releases.read')
  const where = historyFilterSql(query)
  const [count] = await ctx.db.$queryRaw<
    { total: number }[]
  >`SELECT count(*)::int AS total FROM ${RECORDS} WHERE ${where}`
  const total = count?.total ?? 0
  const pageSize = Math.min(Math.max(1, Math.trunc(query.pageSize)), MAX_PAGE_SIZE)
  const pageCount = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, Math.trunc(query.page)), pageCount)
  const rows = await ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE ${where}
    ORDER BY r.at DESC, r.digest LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  // Logs hold no claims: nothing that came from them alone is evaluated.
  return { records: rows.map(toRecordView), total, evaluated: 0, page, pageCount }
}

/** One record by its digest; null where there is none. Of changes, too: the standing assertions lead to them. */
export async function getLogRecord(ctx: Context, actor: Actor, digest: string): Promise<LogRecordView | null> {
  requirePermission(actor, 'releases.read')
  const [row] = await ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.digest = ${digest}`
  return row ? toRecordView(row) : null
}
