import 'server-only'
import type { Actor, Context } from '../context'
import type { Operation } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { connectionOf } from './connection-of'
import { finishOperation } from './finish-operation'

/**
 * Nobody knows whether it happened, and the vault can't be asked: people are told, the key stays blocked, and the
 * reconciler goes on asking. An import that is uploading says the same.
 */
export async function markIndeterminate(
  ctx: Context,
  operation: Operation,
  code: string,
  actor: Actor | null = null,
): Promise<void> {
  if (operation.status !== 'pending') return
  const connection = await connectionOf(ctx.db, operation)
  await inTransaction(ctx.db, async (tx) => {
    const marked = await finishOperation(ctx, tx, {
      operationId: operation.id,
      connection,
      actor,
      status: 'indeterminate',
      code,
      facts: {},
    })
    if (!marked || operation.kind !== 'import_key' || !operation.importId) return
    await tx.import.updateMany({
      where: { id: operation.importId, status: 'uploading' },
      data: { status: 'indeterminate', revision: { increment: 1 } },
    })
  })
}
