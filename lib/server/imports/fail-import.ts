import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'
import type { ClosingImport } from './closing-import'

/** The outcome of an import that made nothing in the vault. */
export async function failImport(
  ctx: Context,
  { row, operation, connection, actor }: ClosingImport,
  code: ProblemCode,
  vaultRequestId: string | null = null,
): Promise<void> {
  const outcome = { operationId: operation.id, connection, actor, status: 'failed' as const, code, vaultRequestId }
  await inTransaction(ctx.db, async (tx) => {
    if (!(await finishOperation(ctx, tx, { ...outcome, facts: {} }))) return
    await tx.import.updateMany({
      where: { id: row.id, status: { in: ['uploading', 'indeterminate'] } },
      data: { status: 'failed', revision: { increment: 1 }, failureCode: code, decidedAt: ctx.clock() },
    })
  })
}
