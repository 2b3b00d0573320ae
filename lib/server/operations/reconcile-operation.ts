import 'server-only'
import type { OperationKind } from '@/lib/domain/operations/operation'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { reconcileImport } from '../imports/reconcile-import'
import { reconcileCreateKek } from '../keks/reconcile-create-kek'
import { reconcileRetireKek } from '../keks/reconcile-retire-kek'
import { markIndeterminate } from './mark-indeterminate'

export type OperationRow = Operation

/** `ask-again`: the vault has not told yet. Throwing a `ProviderError` means the same. */
export type ReconcileAnswer = 'done' | 'ask-again'
export type Reconcile = (ctx: Context, operation: OperationRow) => Promise<ReconcileAnswer>

const RECONCILERS: Partial<Record<OperationKind, Reconcile>> = {
  create_kek: reconcileCreateKek,
  retire_kek: reconcileRetireKek,
  import_key: reconcileImport,
}

/**
 * Gives an intent its outcome after its caller can't any more: asks the vault, never repeats the call.
 * Until its deadline a call may still be under way, so nobody concludes anything before it.
 */
export async function reconcileOperation(ctx: Context, operationId: string): Promise<ReconcileAnswer> {
  const operation = await ctx.db.operation.findUnique({ where: { id: operationId } })
  if (!operation || !isOpen(operation)) return 'done'
  if (ctx.clock() < operation.deadlineAt) return 'ask-again'
  const reconcile = RECONCILERS[operation.kind]
  if (!reconcile) return 'ask-again'
  try {
    return await reconcile(ctx, operation)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await markIndeterminate(ctx, operation, error.code)
    return 'ask-again'
  }
}

function isOpen({ status }: OperationRow): boolean {
  return status === 'pending' || status === 'indeterminate'
}
