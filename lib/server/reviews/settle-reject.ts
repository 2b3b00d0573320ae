import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'
import { markActed, voidDecisions } from './approval'
import type { LoadedImport } from './load-import'
import { stepImport } from './step-import'

interface Settling {
  operationId: string
  loaded: LoadedImport
  /** null: the reconciler. */
  actor: Actor | null
}

/** The vault says so: rejected for good. */
export function settleRejected(ctx: Context, { operationId, loaded, actor }: Settling): Promise<boolean> {
  const { row, connection } = loaded
  return inTransaction(ctx.db, async (tx) => {
    const facts = { reference: row.reference }
    const first = await finishOperation(ctx, tx, { operationId, connection, actor, status: 'succeeded', facts })
    if (!first) return false
    await stepImport(tx, { id: row.id, from: 'rejecting', to: 'rejected', data: { decidedAt: ctx.clock() } })
    await markActed(ctx, tx, { importId: row.id }, 'reject')
    return true
  })
}

/** Nothing reached the vault: the review waits again, and this decision counts no more. */
export function settleNotRejected(ctx: Context, settling: Settling, code: ProblemCode): Promise<boolean> {
  const { operationId, loaded, actor } = settling
  const { row, connection } = loaded
  return inTransaction(ctx.db, async (tx) => {
    const facts = { reference: row.reference }
    const first = await finishOperation(ctx, tx, { operationId, connection, actor, status: 'failed', code, facts })
    if (!first) return false
    await stepImport(tx, { id: row.id, from: 'rejecting', to: 'awaiting_review' })
    await voidDecisions(ctx, tx, { importId: row.id }, 'reject')
    return true
  })
}
