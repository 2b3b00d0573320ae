import 'server-only'
import type { OperationKind } from '@/lib/domain/operations/operation'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import { reconcileCreateKey } from '../created-keys/settle-create-key'
import type { Operation } from '../db/generated/client'
import { isConflict } from '../db/transaction'
import { isDatabaseUnavailable } from '../doors/database-unavailable'
import { reconcileImport } from '../imports/reconcile-import'
import { reconcileCreateKek } from '../keks/reconcile-create-kek'
import { reconcileRetireKek } from '../keks/reconcile-retire-kek'
import { CHANGE_POLICY } from '../policy-changes/approve-policy-change'
import { reconcileRelease } from '../releases/made/reconcile-release'
import { ENABLE_AGAIN } from '../reviews/approve-enable'
import { reconcileDelete } from '../reviews/reconcile-delete'
import { reconcileEnable } from '../reviews/reconcile-enable'
import { reconcileReject } from '../reviews/reconcile-reject'
import { reconcileRequested } from '../reviews/reconcile-requested'
import { reconcileDisable } from '../stop/reconcile-disable'
import { markIndeterminate } from './mark-indeterminate'

export type OperationRow = Operation

/** `ask-again`: the vault has not told yet. Throwing a `ProviderError` means the same. */
export type ReconcileAnswer = 'done' | 'ask-again'
export type Reconcile = (ctx: Context, operation: OperationRow) => Promise<ReconcileAnswer>

const RECONCILERS = {
  create_kek: reconcileCreateKek,
  create_key: reconcileCreateKey,
  retire_kek: reconcileRetireKek,
  import_key: reconcileImport,
  enable_key: reconcileEnable,
  reject_key: reconcileReject,
  delete_key: reconcileDelete,
  release_key: reconcileRelease,
  reenable_key: reconcileRequested(ENABLE_AGAIN),
  change_policy: reconcileRequested(CHANGE_POLICY),
  disable_key: reconcileDisable,
  mark_compromised: reconcileDisable,
} as const satisfies Record<OperationKind, Reconcile>

/**
 * Gives an intent its outcome after its caller can't any more: asks the vault, never repeats the call.
 * Until its deadline a call may still be under way, so nobody concludes anything before it.
 */
export async function reconcileOperation(ctx: Context, operationId: string): Promise<ReconcileAnswer> {
  const operation = await ctx.db.operation.findUnique({ where: { id: operationId } })
  if (!operation || !isOpen(operation)) return 'done'
  if (ctx.clock() < operation.deadlineAt) return 'ask-again'
  const { answer, code } = await ask(ctx, operation)
  if (answer === 'ask-again') await markIndeterminate(ctx, operation, code)
  return answer
}

async function ask(ctx: Context, operation: OperationRow): Promise<{ answer: ReconcileAnswer; code: string }> {
  try {
    return { answer: await RECONCILERS[operation.kind](ctx, operation), code: 'outcome-unknown' }
  } catch (error) {
    if (error instanceof ProviderError) return { answer: 'ask-again', code: error.code }
    await tellPeople(ctx, operation, error)
    throw error
  }
}

/** A bug: its job fails again and again, and the key stays blocked. People hear of it as of every outcome that is not known. */
async function tellPeople(ctx: Context, operation: OperationRow, error: unknown): Promise<void> {
  if (isDatabaseUnavailable(error) || isConflict(error)) return
  await markIndeterminate(ctx, operation, 'unexpected')
}

function isOpen({ status }: OperationRow): boolean {
  return status === 'pending' || status === 'indeterminate'
}
