import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { Actor, ConnectionRow, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'

interface Settling {
  operationId: string
  connection: ConnectionRow
  /** null: the reconciler. */
  actor: Actor | null
  vaultRequestId?: string | null
}

export function settleDisabled(ctx: Context, settling: Settling): Promise<boolean> {
  const { operationId, connection, actor } = settling
  const vaultRequestId = settling.vaultRequestId ?? null
  const outcome = { operationId, connection, actor, vaultRequestId, facts: {} }
  return inTransaction(ctx.db, (tx) => finishOperation(ctx, tx, { ...outcome, status: 'succeeded' }))
}

export function settleNotDisabled(ctx: Context, settling: Settling, code: ProblemCode): Promise<boolean> {
  const { operationId, connection, actor } = settling
  const outcome = { operationId, connection, actor, code, facts: {} }
  return inTransaction(ctx.db, (tx) => finishOperation(ctx, tx, { ...outcome, status: 'failed' }))
}
