import 'server-only'
import { DEADLINE_MARGIN_MS, type OperationKind, WRITE_TIMEOUT_MS } from '@/lib/domain/operations/operation'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import type { Operation } from '../db/generated/client'
import type { Transaction } from '../db/transaction'

export interface NewOperation {
  id: string
  kind: OperationKind
  connection: ConnectionRow
  keyName: string
  keyVersion?: string | null
  actor: Actor
  /** Public facts only: they stand in the audit log too. */
  facts: Record<string, string | number | boolean | null>
  /** How many calls in a row the act may make, each with its own timeout. */
  calls?: number
  importId?: string
  kekId?: string
  enableRequestId?: string
}

/**
 * The intent: in the caller's transaction, with its audit event and the job that reconciles it should nobody finish it.
 * When another act on the same key is still open, the database's partial unique index throws, and `recordIntent`
 * answers `key-busy`: begin nothing outside it, and let the error pass.
 */
export async function beginOperation(ctx: Context, tx: Transaction, operation: NewOperation): Promise<Operation> {
  const startedAt = ctx.clock()
  const deadlineAt = new Date(startedAt.getTime() + WRITE_TIMEOUT_MS * (operation.calls ?? 1) + DEADLINE_MARGIN_MS)
  const row = await tx.operation.create({
    data: {
      id: operation.id,
      kind: operation.kind,
      connectionId: operation.connection.id,
      keyName: operation.keyName,
      keyVersion: operation.keyVersion ?? null,
      actorId: operation.actor.personId,
      params: operation.facts,
      status: 'pending',
      startedAt,
      deadlineAt,
      importId: operation.importId ?? null,
      kekId: operation.kekId ?? null,
      enableRequestId: operation.enableRequestId ?? null,
    },
  })
  await appendEvent(tx, {
    type: 'operation',
    phase: 'intended',
    at: startedAt,
    actor: operation.actor,
    connection: operation.connection,
    keyName: operation.keyName,
    keyVersion: operation.keyVersion ?? null,
    operationId: operation.id,
    importId: operation.importId ?? null,
    kekId: operation.kekId ?? null,
    enableRequestId: operation.enableRequestId ?? null,
    details: { kind: operation.kind, facts: operation.facts },
  })
  await ctx.jobs.send(tx, 'reconcile-operation', { operationId: operation.id }, { startAfter: deadlineAt })
  return row
}
