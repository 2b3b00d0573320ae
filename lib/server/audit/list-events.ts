import 'server-only'
import { describeEvent } from '@/lib/domain/audit/describe-event'
import { AUDIT_EVENT_TYPES, AUDIT_PHASES, type AuditEventView } from '@/lib/domain/audit/event'
import type { AuditPage, AuditQuery } from '@/lib/domain/audit/query'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { eventFilterSql } from './list-events-sql'

/** The SELECT below, column by column. */
export interface EventSqlRow {
  id: bigint
  at: Date
  type: string
  phase: string
  actor_id: string | null
  actor_name: string | null
  connection_id: string | null
  vault_name: string | null
  key_name: string | null
  key_version: string | null
  operation_id: string | null
  import_id: string | null
  code: string | null
  vault_request_id: string | null
  details: Record<string, unknown>
}

export const EVENT_COLUMNS = Prisma.sql`e.id, e.at, e.type, e.phase, e.actor_id, e.actor_name, e.connection_id,
  e.vault_name, e.key_name, e.key_version, e.operation_id, e.import_id, e.code, e.vault_request_id, e.details`

const MAX_PAGE_SIZE = 500

/** The audit log, newest first. */
export async function listEvents(ctx: Context, actor: Actor, query: AuditQuery): Promise<AuditPage> {
  requirePermission(actor, 'audit.read')
  const pageSize = Math.min(Math.max(1, Math.trunc(query.pageSize)), MAX_PAGE_SIZE)
  const where = eventFilterSql(query)
  const [count] = await ctx.db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM audit_event e WHERE ${where}`
  const total = count?.total ?? 0
  const pageCount = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(1, Math.trunc(query.page)), pageCount)
  const rows = await ctx.db.$queryRaw<EventSqlRow[]>`
    SELECT ${EVENT_COLUMNS} FROM audit_event e WHERE ${where}
    ORDER BY e.id DESC LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  return { events: rows.map(toEventView), total, page, pageCount }
}

/** The last events about one key, newest first: its history. */
export async function listKeyHistory(
  db: Context['db'],
  key: { connectionId: string; name: string },
  limit: number,
): Promise<AuditEventView[]> {
  const rows = await db.$queryRaw<EventSqlRow[]>`
    SELECT ${EVENT_COLUMNS} FROM audit_event e
    WHERE e.connection_id = ${key.connectionId}::uuid AND e.key_name = ${key.name} ORDER BY e.id DESC LIMIT ${limit}`
  return rows.map(toEventView)
}

export function toEventView(row: EventSqlRow): AuditEventView {
  const type = known(AUDIT_EVENT_TYPES, row.type)
  const phase = known(AUDIT_PHASES, row.phase)
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    type,
    phase,
    words: describeEvent({
      type,
      phase,
      actorName: row.actor_name,
      vaultName: row.vault_name,
      keyName: row.key_name,
      keyVersion: row.key_version,
      code: row.code,
      details: row.details,
    }),
    actorName: row.actor_name,
    actorId: row.actor_id,
    vaultName: row.vault_name,
    connectionId: row.connection_id,
    keyName: row.key_name,
    keyVersion: row.key_version,
    operationId: row.operation_id,
    importId: row.import_id,
    code: row.code,
    vaultRequestId: row.vault_request_id,
    details: row.details,
  }
}

function known<T extends string>(words: readonly T[], stored: string): T {
  const word = words.find((candidate) => candidate === stored)
  if (word === undefined) throw new Error('an audit event in words of another version')
  return word
}
