import 'server-only'
import { appendEvent } from '../audit/append-event'
import type { Actor, ConnectionRow, Context } from '../context'
import type { Transaction } from '../db/transaction'

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
export async function finishOperation(ctx: Context, tx: Transaction, outcome: OperationOutcome): Promise<boolean> {
  const at = ctx.clock()
  const open =
    outcome.status === 'indeterminate' ? ['pending' as const] : ['pending' as const, 'indeterminate' as const]
  const changed = await tx.operation.updateManyAndReturn({
    where: { id: outcome.operationId, status: { in: open } },
    data: {
      status: outcome.status,
      code: outcome.code ?? null,
      outcome: outcome.facts,
      finishedAt: at,
      finishedBy: outcome.actor ? 'caller' : 'reconciler',
      ...(outcome.keyVersion ? { keyVersion: outcome.keyVersion } : {}),
    },
  })
  const [operation] = changed
  if (!operation) return false
  await appendEvent(tx, {
    type: 'operation',
    phase: outcome.status,
    at,
    actor: outcome.actor,
    connection: outcome.connection,
    keyName: operation.keyName,
    keyVersion: operation.keyVersion,
    operationId: operation.id,
    importId: operation.importId,
    kekId: operation.kekId,
    enableRequestId: operation.enableRequestId,
    code: outcome.code ?? null,
    vaultRequestId: outcome.vaultRequestId ?? null,
    details: { kind: operation.kind, facts: outcome.facts },
  })
  return true
}
