import 'server-only'
import type { HistoryPage, HistoryQuery, LogRecordView, ReleaseView } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { countReleases } from './count-releases'
import { countEvaluated } from './evaluation/count-evaluated'
import { evaluationsOf } from './evaluation/mark-evaluations'
import { historyFilter } from './history-filter-sql'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from './history-sql'
import { markFirsts } from './mark-firsts'
import { placeOf, recordsFrom } from './page-of-releases'

const MAX_PAGE_SIZE = 500

/** Every release and every refusal that the vaults' logs tell of, newest first. */
export async function listReleases(ctx: Context, actor: Actor, query: HistoryQuery): Promise<HistoryPage> {
  requirePermission(actor, 'releases.read')
  const pageSize = Math.min(Math.max(1, Math.trunc(query.pageSize)), MAX_PAGE_SIZE)
  const [filter, place] = await Promise.all([historyFilter(ctx.db, query), placeOf(ctx.db, query.cursor)])
  const [rows, total, evaluated] = await Promise.all([
    recordsFrom(ctx.db, filter, { first: query.first, place, count: pageSize + 1 }),
    countReleases(ctx.db, filter, query.first),
    countEvaluated(ctx.db, filter, query.first),
  ])
  const isNewer = place?.towards === 'newer'
  // Where no full page is newer, that is the first page.
  if (isNewer && rows.length <= pageSize) return listReleases(ctx, actor, { ...query, cursor: null })
  const shown = rows.slice(0, pageSize)
  if (isNewer) shown.reverse()
  const records = await marked(ctx.db, shown.map(toRecordView))
  return {
    ...{ records, total, evaluated },
    hasNewer: place !== undefined,
    hasOlder: isNewer || rows.length > pageSize,
  }
}

/** One record by its digest; null where there is none. Of changes, too: the standing assertions lead to them. */
export async function getLogRecord(ctx: Context, actor: Actor, digest: string): Promise<ReleaseView | null> {
  requirePermission(actor, 'releases.read')
  const [row] = await ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.digest = ${digest}`
  const [record] = await marked(ctx.db, row ? [toRecordView(row)] : [])
  return record ?? null
}

async function marked(db: Context['db'], records: readonly LogRecordView[]): Promise<ReleaseView[]> {
  const [firsts, evaluations] = await Promise.all([
    markFirsts(db, records),
    evaluationsOf(
      db,
      records.map(({ digest }) => digest),
    ),
  ])
  return firsts.map((record) => ({ ...record, evaluation: evaluations.get(record.digest) ?? null }))
}
