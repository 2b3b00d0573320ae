import 'server-only'
import type { AuditDetails, AuditEventType, AuditPhase } from '@/lib/domain/audit/event'
import type { Actor, ConnectionRow } from '../context'
import type { Transaction } from '../db/transaction'

export interface NewAuditEvent {
  type: AuditEventType
  phase: AuditPhase
  at: Date
  /** null: the console itself (a job). */
  actor: Pick<Actor, 'personId' | 'name' | 'sessionId'> | null
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

/** Written in the caller's transaction: the event commits with the change or neither does. */
export async function appendEvent(tx: Transaction, event: NewAuditEvent): Promise<void> {
  await tx.auditEvent.create({
    data: {
      at: event.at,
      type: event.type,
      phase: event.phase,
      actorId: event.actor?.personId ?? null,
      actorName: event.actor?.name ?? null,
      sessionId: event.actor?.sessionId ?? null,
      connectionId: event.connection?.id ?? null,
      vaultName: event.connection?.name ?? null,
      keyName: event.keyName ?? null,
      keyVersion: event.keyVersion ?? null,
      operationId: event.operationId ?? null,
      importId: event.importId ?? null,
      kekId: event.kekId ?? null,
      enableRequestId: event.enableRequestId ?? null,
      code: event.code ?? null,
      vaultRequestId: event.vaultRequestId ?? null,
      details: event.details,
    },
  })
}
