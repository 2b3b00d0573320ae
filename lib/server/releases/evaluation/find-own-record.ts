import 'server-only'
import type { Context } from '../../context'
import { type Operation, Prisma } from '../../db/generated/client'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS } from '../history-sql'

/**
 * Whether log_record `r` is the call of operation `o`: by the id that we sent with it, or by the one that the vault
 * answered with. Which of them a log's correlation id is, is not documented; two callers share neither. The hour to either side
 * is for clocks that differ, and keeps the question small.
 */
export const IS_CALL_OF = Prisma.sql`r.act = 'release' AND r.connection_id = o.connection_id
  AND r.at BETWEEN o.started_at - interval '1 hour' AND coalesce(o.finished_at, o.deadline_at) + interval '1 hour'
  AND lower(r.key_name) = lower(o.key_name) AND r.correlation_id IN (o.id::text, upper(o.id::text),
    lower(o.outcome ->> 'vaultRequestId'), upper(o.outcome ->> 'vaultRequestId'))`

/** The log's record of a release made here; null while none was read. */
export async function findOwnRecord(db: Context['db'], { id }: Pick<Operation, 'id'>): Promise<LogRecordRow | null> {
  const [row] = await db.$queryRaw<LogRecordRow[]>`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} JOIN operation o ON ${IS_CALL_OF}
    WHERE o.id = ${id}::uuid ORDER BY r.at LIMIT 1`
  return row ?? null
}
