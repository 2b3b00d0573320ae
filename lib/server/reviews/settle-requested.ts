import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'
import { markActed, voidLapsed } from './approval'
import type { LoadedEnableRequest } from './load-enable-request'

interface Settling {
  operationId: string
  loaded: LoadedEnableRequest
  /** null: the reconciler. */
  actor: Actor | null
  vaultRequestId?: string | null
}

/** The vault was seen to have done it: the request ends as `enabled`, whatever it asked for. */
export function settleDone(ctx: Context, settling: Settling): Promise<boolean> {
  const { operationId, actor, loaded } = settling
  const { row, connection } = loaded
  return inTransaction(ctx.db, async (tx) => {
    const vaultRequestId = settling.vaultRequestId ?? null
    const outcome = { operationId, connection, actor, vaultRequestId, facts: {} }
    if (!(await finishOperation(ctx, tx, { ...outcome, status: 'succeeded' }))) return false
    await tx.enableRequest.updateMany({
      where: { id: row.id, status: 'enabling' },
      data: { status: 'enabled', decidedAt: ctx.clock(), revision: { increment: 1 } },
    })
    await markActed(ctx, tx, { enableRequestId: row.id })
    return true
  })
}

/** Nothing reached the vault: the request waits again; the approval serves for the rest of its fifteen minutes. */
export function settleNotDone(ctx: Context, settling: Settling, code: ProblemCode): Promise<boolean> {
  const { operationId, actor, loaded } = settling
  const { row, connection } = loaded
  return inTransaction(ctx.db, async (tx) => {
    const outcome = { operationId, connection, actor, code, facts: {} }
    if (!(await finishOperation(ctx, tx, { ...outcome, status: 'failed' }))) return false
    await tx.enableRequest.updateMany({
      where: { id: row.id, status: 'enabling' },
      data: { status: 'awaiting_review', revision: { increment: 1 } },
    })
    await voidLapsed(ctx, tx, { enableRequestId: row.id })
    return true
  })
}
