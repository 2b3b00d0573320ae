import 'server-only'
import type { LogDecision } from '@/lib/domain/releases/history/vault-log-record'
import { LOG_DECISIONS } from '@/lib/domain/releases/history/vault-log-record'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { Prisma } from '../db/generated/client'

/** The SELECT below, column by column. */
export interface LogRecordRow extends Omit<LogRecordView, 'at' | 'readAt' | 'decision'> {
  at: Date
  readAt: Date
  decision: string
}

/** Of log_record `r` and its connection `c`. */
export const RECORD_COLUMNS = Prisma.sql`r.digest, r.at, r.vault, r.connection_id AS "connectionId",
  c.name AS "connectionName", r.operation, r.key_name AS "keyName", r.key_version AS "keyVersion", r.decision, r.status,
  r.signature, r.release_code AS "releaseCode", r.description, r.object_id AS "objectId", r.app_id AS "appId", r.upn,
  r.address, r.correlation_id AS "correlationId", r.read_at AS "readAt"`

export const RECORDS = Prisma.sql`log_record r LEFT JOIN connection c ON c.id = r.connection_id`

export function toRecordView(row: LogRecordRow): LogRecordView {
  const decision = decisionIn(row.decision)
  return { ...row, decision, at: row.at.toISOString(), readAt: row.readAt.toISOString() }
}

function decisionIn(stored: string): LogDecision {
  const decision = LOG_DECISIONS.find((known) => known === stored)
  if (decision === undefined) throw new Error('a log record in words of another version')
  return decision
}
