import 'server-only'
import type { AuditEventView } from '@/lib/domain/audit/event'
import type { AuditQuery } from '@/lib/domain/audit/query'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { requirePermission } from '../people/require-permission'
import { appendEvent } from './append-event'
import { csvHeader, csvLine } from './export-events-csv'
import { EVENT_COLUMNS, type EventSqlRow, toEventView } from './list-events'
import { eventFilterSql } from './list-events-sql'

export type ExportFormat = 'csv' | 'jsonl'

const BATCH = 500

/** The filtered log, oldest first, in pieces; that it was exported is recorded before the first piece. */
export async function* exportEvents(
  ctx: Context,
  actor: Actor,
  query: AuditQuery,
  format: ExportFormat,
): AsyncIterable<string> {
  requirePermission(actor, 'audit.export')
  const until = await lastEventId(ctx)
  await inTransaction(ctx.db, (tx) =>
    appendEvent(tx, {
      type: 'audit.exported',
      phase: 'noted',
      at: ctx.clock(),
      actor,
      details: { format, text: query.text, from: query.from, to: query.to, phases: query.phases },
    }),
  )
  if (format === 'csv') yield csvHeader()
  const line = format === 'csv' ? csvLine : jsonLine
  let after = 0n
  for (;;) {
    const rows = await readBatch(ctx, query, { after, until })
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => line(toEventView(row))).join('')
    after = last.id
  }
}

async function lastEventId(ctx: Context): Promise<bigint> {
  const last = await ctx.db.auditEvent.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  return last?.id ?? 0n
}

function readBatch(ctx: Context, query: AuditQuery, span: { after: bigint; until: bigint }): Promise<EventSqlRow[]> {
  return ctx.db.$queryRaw<EventSqlRow[]>`
    SELECT ${EVENT_COLUMNS} FROM audit_event e
    WHERE e.id > ${span.after} AND e.id <= ${span.until} AND ${eventFilterSql(query)}
    ORDER BY e.id LIMIT ${BATCH}`
}

function jsonLine(event: AuditEventView): string {
  return `${JSON.stringify(event)}\n`
}
