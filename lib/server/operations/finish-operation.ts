import 'server-only'
import type { Actor, ConnectionRow, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { asJson, type Statements } from '../db/statements'

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
  /**
   * The change of one row that the outcome means, sent in one statement with it: an UPDATE without its RETURNING, which
   * asks `EXISTS (SELECT FROM finished)`, so that only the first outcome changes anything. It must find its row.
   */
  with?: Prisma.Sql
}

/**
 * The outcome, once: a conditional update from an open status, with its audit event, in the caller's transaction.
 * False when somebody else (the reconciler, or the caller) has recorded an outcome already: change nothing then.
 */
export async function finishOperation(ctx: Context, tx: Statements, outcome: OperationOutcome): Promise<boolean> {
  const alongside = outcome.with ? Prisma.sql`, alongside AS (${outcome.with} RETURNING 1)` : Prisma.empty
  const changed = outcome.with ? Prisma.sql`(SELECT count(*)::int FROM alongside)` : Prisma.sql`1`
  const [finished] = await tx.$queryRaw<{ changed: number }[]>(Prisma.sql`
    WITH finished AS (${updateOpen(outcome, ctx.clock())}), event AS (${insertEventOf(outcome)})${alongside}
    SELECT ${changed} AS changed FROM finished`)
  if (finished && finished.changed !== 1) throw new Error('an open intent whose subject is not open')
  return finished !== undefined
}

function updateOpen({ operationId, status, code, facts, actor, keyVersion }: OperationOutcome, at: Date): Prisma.Sql {
  const open = status === 'indeterminate' ? Prisma.sql`'pending'` : Prisma.sql`'pending', 'indeterminate'`
  return Prisma.sql`
    UPDATE operation SET
      status = ${status}::"OperationStatus", code = ${code ?? null}, outcome = ${asJson(facts)}::jsonb,
      finished_at = ${at}, finished_by = ${actor ? 'caller' : 'reconciler'},
      key_version = coalesce(${keyVersion || null}, key_version)
    WHERE id = ${operationId}::uuid AND status IN (${open}) RETURNING *`
}

/** What the intent said of itself is taken from its row. */
function insertEventOf({ connection, actor, status, code, vaultRequestId, facts }: OperationOutcome): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_event (at, type, phase, actor_id, actor_name, session_id, connection_id, vault_name, key_name,
      key_version, operation_id, import_id, kek_id, enable_request_id, code, vault_request_id, details)
    SELECT finished_at, 'operation', ${status}::text, ${actor?.personId ?? null}::uuid, ${actor?.name ?? null}::text,
      ${actor?.sessionId ?? null}::uuid, ${connection.id}::uuid, ${connection.name}::text, key_name, key_version, id,
      import_id, kek_id, enable_request_id, ${code ?? null}::text, ${vaultRequestId ?? null}::text,
      jsonb_build_object('kind', kind, 'facts', ${asJson(facts)}::jsonb)
    FROM finished`
}
