import 'server-only'
import type { AuditDetails, AuditEventType, AuditPhase } from '@/lib/domain/audit/event'
import type { Actor, ConnectionRow } from '../context'
import type { Prisma } from '../db/generated/client'
import { asJson, insertAllInto, insertInto, type Row, type Statements } from '../db/statements'

export interface NewAuditEvent {
  type: AuditEventType
  phase: AuditPhase
  at: Date
  /** null: the console itself (a job). Without a session: somebody who comes by an invitation. */
  actor: (Pick<Actor, 'personId' | 'name'> & { sessionId: string | null }) | null
  connection?: Pick<ConnectionRow, 'id' | 'name'>
  keyName?: string
  keyVersion?: string | null
  operationId?: string
  importId?: string | null
  kekId?: string | null
  enableRequestId?: string | null
  code?: string | null
  vaultRequestId?: string | null
  details: AuditDetails
}

/** The event as an INSERT, for a statement that writes more than it. */
export function insertEvent(event: NewAuditEvent): Prisma.Sql {
  return insertInto('audit_event', rowOf(event))
}

function rowOf(event: NewAuditEvent): Row {
  return {
    at: event.at,
    type: event.type,
    phase: event.phase,
    actor_id: event.actor?.personId ?? null,
    actor_name: event.actor?.name ?? null,
    session_id: event.actor?.sessionId ?? null,
    connection_id: event.connection?.id ?? null,
    vault_name: event.connection?.name ?? null,
    key_name: event.keyName ?? null,
    key_version: event.keyVersion ?? null,
    operation_id: event.operationId ?? null,
    import_id: event.importId ?? null,
    kek_id: event.kekId ?? null,
    enable_request_id: event.enableRequestId ?? null,
    code: event.code ?? null,
    vault_request_id: event.vaultRequestId ?? null,
    details: asJson(event.details),
  }
}

/** Written in the caller's transaction: the event commits with the change or neither does. */
export async function appendEvent(tx: Statements, event: NewAuditEvent): Promise<void> {
  await tx.$queryRaw(insertEvent(event))
}

/** Several at once, in the order given: each its own row of one statement. */
export async function appendEvents(tx: Statements, events: readonly NewAuditEvent[]): Promise<void> {
  if (events.length > 0) await tx.$queryRaw(insertAllInto('audit_event', events.map(rowOf)))
}
