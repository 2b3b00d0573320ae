import 'server-only'
import { DEADLINE_MARGIN_MS, type OperationKind, WRITE_TIMEOUT_MS } from '@/lib/domain/operations/operation'
import { insertEvent, type NewAuditEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import { type Operation, Prisma } from '../db/generated/client'
import { asJson, insertInto, type Statements } from '../db/statements'

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
  /** An INSERT of the same act, sent in one statement with its intent. */
  with?: Prisma.Sql
}

/**
 * The intent: in the caller's transaction, with its audit event. Should nobody finish it, it is looked for after its
 * deadline (`send-open-operations.ts`). When another act on the same key is still open, the database's partial unique
 * index throws, and `recordIntent` answers `key-busy`: begin nothing outside it, and let the error pass. A connection that
 * was changed or removed since it was read throws likewise.
 */
export async function beginOperation(ctx: Context, tx: Statements, operation: NewOperation): Promise<Operation> {
  const { row, statement } = intentStatement(ctx, operation)
  await tx.$queryRaw(statement)
  return row
}

/** The same as one statement, for `recordIntentBySql`. */
export function intentStatement(ctx: Context, operation: NewOperation): { row: Operation; statement: Prisma.Sql } {
  const row = { ...rowOf(operation, ctx.clock()), callKey: ctx.callKey ?? null }
  const alongside = operation.with ? Prisma.sql`alongside AS (${operation.with}), ` : Prisma.empty
  const statement = Prisma.sql`
    WITH ${alongside}intent AS (${insertRow(row, operation.connection)}) ${insertEvent(eventOf(operation, row))}`
  return { row, statement }
}

function rowOf(operation: NewOperation, startedAt: Date) {
  const openFor = WRITE_TIMEOUT_MS * (operation.calls ?? 1) + DEADLINE_MARGIN_MS
  return {
    id: operation.id,
    kind: operation.kind,
    connectionId: operation.connection.id,
    keyName: operation.keyName,
    keyVersion: operation.keyVersion ?? null,
    actorId: operation.actor.personId,
    params: operation.facts,
    status: 'pending',
    phase: null,
    code: null,
    outcome: null,
    startedAt,
    deadlineAt: new Date(startedAt.getTime() + openFor),
    finishedAt: null,
    finishedBy: null,
    importId: operation.importId ?? null,
    kekId: operation.kekId ?? null,
    enableRequestId: operation.enableRequestId ?? null,
  } satisfies Omit<Operation, 'callKey'>
}

/** What is not named here is NULL in an intent. */
function insertRow(row: Operation, connection: ConnectionRow): Prisma.Sql {
  return insertInto('operation', {
    id: row.id,
    kind: row.kind,
    connection_id: unchanged(connection),
    key_name: row.keyName,
    key_version: row.keyVersion,
    actor_id: row.actorId,
    params: asJson(row.params),
    status: row.status,
    started_at: row.startedAt,
    deadline_at: row.deadlineAt,
    import_id: row.importId,
    kek_id: row.kekId,
    enable_request_id: row.enableRequestId,
    call_key: row.callKey,
  })
}

/**
 * The connection's id only while its address and credential are those that the call will be made with: an act must not
 * begin at a vault that its connection has left meanwhile. Otherwise NULL, which the column refuses and `recordIntent`
 * answers as `conflict`.
 */
function unchanged({ id, url, credential }: ConnectionRow): Prisma.Sql {
  return Prisma.sql`(SELECT id FROM connection WHERE id = ${id}::uuid AND url = ${url}
    AND credential = ${asJson(credential)}::jsonb AND removed_at IS NULL)`
}

function eventOf({ actor, connection, facts }: NewOperation, row: Operation): NewAuditEvent {
  return {
    type: 'operation',
    phase: 'intended',
    at: row.startedAt,
    actor,
    connection,
    keyName: row.keyName,
    keyVersion: row.keyVersion,
    operationId: row.id,
    importId: row.importId,
    kekId: row.kekId,
    enableRequestId: row.enableRequestId,
    details: { kind: row.kind, facts },
  }
}
