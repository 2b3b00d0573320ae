import 'server-only'
import type { Actor, ConnectionRow, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'

/** Not known yet: shown to people, blocks the key, and left to the reconciler. Nothing changes if an outcome stands. */
export async function leaveToReconciler(
  ctx: Context,
  operation: { operationId: string; connection: ConnectionRow; actor: Actor | null; code?: string },
): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    finishOperation(ctx, tx, {
      ...operation,
      status: 'indeterminate',
      code: operation.code ?? 'outcome-unknown',
      facts: {},
    }),
  )
}
