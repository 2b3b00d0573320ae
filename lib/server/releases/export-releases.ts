import 'server-only'
import { csvField } from '@/lib/domain/csv-field'
import { environmentWords } from '@/lib/domain/releases/environment'
import type { EvaluationMark } from '@/lib/domain/releases/history/evaluation-views'
import type { HistoryQuery, LogRecordView } from '@/lib/domain/releases/history/views'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { requirePermission } from '../people/require-permission'
import { recordSql } from './count-releases'
import { evaluationsOf } from './evaluation/mark-evaluations'
import { CALLS, type HistoryFilter, historyFilter } from './history-filter-sql'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from './history-sql'

const BATCH = 500

const COLUMNS = [
  ...(['at', 'vault', 'connectionName', 'operation', 'keyName', 'keyVersion', 'decision', 'status'] as const),
  ...(['signature', 'releaseCode', 'description', 'objectId', 'appId', 'upn', 'address', 'correlationId'] as const),
  ...(['readAt', 'digest'] as const),
] as const satisfies readonly (keyof LogRecordView)[]

/** The filtered history, oldest first, in pieces; that it was exported is recorded before the first piece. */
export async function* exportReleases(
  ctx: Context,
  actor: Actor,
  query: HistoryQuery,
  format: 'csv' | 'jsonl',
): AsyncIterable<string> {
  requirePermission(actor, 'releases.export')
  const until = ctx.clock()
  const { text, from, to, decisions, first } = query
  const details = { format, text, from, to, decisions: [...decisions], first: [...first] }
  await inTransaction(ctx.db, (tx) =>
    appendEvent(tx, { type: 'releases.exported', phase: 'noted', at: until, actor, details }),
  )
  if (format === 'csv') yield `${[...COLUMNS, 'evaluated', 'environment'].join(',')}\r\n`
  const line = format === 'csv' ? csvLine : jsonLine
  const filter = await historyFilter(ctx.db, query)
  for (let after: LogRecordRow | undefined; ; ) {
    const rows: LogRecordRow[] = await readBatch(ctx, { filter, first, until, after })
    after = rows.at(-1)
    if (!after) return
    const evaluations = await evaluationsOf(
      ctx.db,
      rows.map(({ digest }) => digest),
    )
    yield rows.map((row) => line(toRecordView(row), evaluations.get(row.digest))).join('')
  }
}

type Batch = { filter: HistoryFilter; first: HistoryQuery['first']; until: Date; after: LogRecordRow | undefined }

function readBatch(ctx: Context, { filter, first, until, after }: Batch): Promise<LogRecordRow[]> {
  const further = after ? Prisma.sql`(r.at, r.digest) > (${after.at}, ${after.digest})` : Prisma.sql`true`
  const called = filter.calls ? Prisma.sql`(SELECT ${filter.calls} FROM ${CALLS} WHERE k.id = r.call_id)` : further
  return ctx.db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.act = 'release' AND ${further} AND r.read_at <= ${until}
       AND ${recordSql(filter, first)} AND ${called} ORDER BY r.at, r.digest LIMIT ${BATCH}`
}

const NOT_EVALUATED = "not evaluated: the provider's log holds no claims"

function evaluatedWords(mark: EvaluationMark | undefined): string {
  if (!mark) return NOT_EVALUATED
  const { verdict, source, changed } = mark
  const between = changed ? `, changed between ${changed.from} and ${changed.to}` : ''
  return `${verdict}${between} (token ${source === 'own' ? 'of our own release' : 'supplied by a person'})`
}

function csvLine(record: LogRecordView, mark: EvaluationMark | undefined): string {
  const values = COLUMNS.map((column) => String(record[column] ?? ''))
  const environment = mark?.environment ? `${environmentWords(mark.environment)} (${mark.environment.sha256})` : ''
  return `${[...values, evaluatedWords(mark), environment].map(csvField).join(',')}\r\n`
}

function jsonLine(record: LogRecordView, mark: EvaluationMark | undefined): string {
  return `${JSON.stringify({ ...record, evaluated: evaluatedWords(mark), environment: mark?.environment ?? null })}\n`
}
