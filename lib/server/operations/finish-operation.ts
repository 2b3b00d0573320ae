import 'server-only'
import type { Actor, ConnectionRow, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { asJson, type Statements } from '../db/statements'
import { lacks } from '../db/transaction'

export interface OperationOutcome {
  operationId: string
  connection: Pick<ConnectionRow, 'id' | 'name'>
  /** null: the reconciler. */
  actor: Actor | null
  status: 'succeeded' | 'failed' | 'indeterminate'
  code?: string
  keyVersion?: string | null
  vaultRequestId?: string | null
  facts: Record<string, string | number | boolean | null>
}

/**
 * The outcome, once: a conditional update from an open status, with its audit event, in the caller's transaction.
 * False when somebody else (the reconciler, or the caller) has recorded an outcome already: change nothing then.
 */
export async function finishOperation(ctx: Context, tx: Statements, outcome: OperationOutcome): Promise<boolean> {
  const finished = await tx.$queryRaw<unknown[]>(Prisma.sql`
    WITH finished AS (${updateOpen(outcome, ctx.clock())}), event AS (${insertEventOf(outcome)})
    SELECT 1 FROM finished`)
  return finished.length > 0
}

/**
 * The same as one statement that refuses by itself: `isRecordedAlready` tells that another outcome stands.
 * @param change Of one row, what the outcome means: an UPDATE without its RETURNING, which asks `EXISTS (SELECT FROM
 *   finished)`. That it does not find its row is an error.
 * @param alongside What is told with it, as parts of a WITH.
 */
export function outcomeStatement(
  ctx: Context,
  outcome: OperationOutcome,
  { change, alongside }: { change: Prisma.Sql; alongside?: Prisma.Sql },
): Prisma.Sql {
  return Prisma.sql`
    WITH finished AS (${updateOpen(outcome, ctx.clock())}), changed AS (${change} RETURNING 1)
      ${alongside ? Prisma.sql`, ${alongside}` : Prisma.empty}
    ${insertEventOf(outcome, REFUSING)}`
}

/** Without an outcome the event has no time, without the change no type: both columns refuse that. */
const REFUSING = {
  type: Prisma.sql`CASE (SELECT count(*) FROM changed) WHEN 1 THEN 'operation' END`,
  from: Prisma.sql`(SELECT) one LEFT JOIN finished ON true`,
}

export function isRecordedAlready(error: unknown): boolean {
  return lacks(error, { table: 'audit_event', column: 'at' })
}

function updateOpen({ operationId, status, code, facts, actor, keyVersion }: OperationOutcome, at: Date): Prisma.Sql {
  const unclear = status === 'indeterminate'
  const open = unclear ? Prisma.sql`'pending'` : Prisma.sql`'pending', 'indeterminate'`
  // What the caller wrote down before it had to give up is told by nobody else.
  const told = unclear ? Prisma.sql`coalesce(code, ${code ?? null})` : Prisma.sql`${code ?? null}`
  return Prisma.sql`
    UPDATE operation SET
      status = ${status}::"OperationStatus", code = ${told}, outcome = ${asJson(facts)}::jsonb,
      finished_at = ${at}, finished_by = ${actor ? 'caller' : 'reconciler'},
      key_version = coalesce(${keyVersion || null}, key_version)
    WHERE id = ${operationId}::uuid AND status IN (${open}) RETURNING *`
}

/** What the intent said of itself is taken from its row. */
function insertEventOf(
  { connection, actor, status, code, vaultRequestId, facts }: OperationOutcome,
  { type, from } = { type: Prisma.sql`'operation'`, from: Prisma.sql`finished` },
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_event (at, type, phase, actor_id, actor_name, session_id, connection_id, vault_name, key_name,
      key_version, operation_id, import_id, kek_id, enable_request_id, code, vault_request_id, details)
    SELECT finished_at, ${type}, ${status}::text, ${actor?.personId ?? null}::uuid, ${actor?.name ?? null}::text,
      ${actor?.sessionId ?? null}::uuid, ${connection.id}::uuid, ${connection.name}::text, key_name, key_version, id,
      import_id, kek_id, enable_request_id, ${code ?? null}::text, ${vaultRequestId ?? null}::text,
      jsonb_build_object('kind', kind, 'facts', ${asJson(facts)}::jsonb)
    FROM ${from}`
}
