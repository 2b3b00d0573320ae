import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { DeletedKeyListing } from '@/lib/providers/port'
import type { Actor, Context } from '../context'
import { inTransaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'
import type { LoadedImport } from './load-import'

interface Settling {
  operationId: string
  loaded: LoadedImport
  /** null: the reconciler. */
  actor: Actor | null
}

export function settleDeleted(ctx: Context, settling: Settling, deleted: DeletedKeyListing): Promise<boolean> {
  const { operationId, actor, loaded } = settling
  const { row, connection } = loaded
  const facts = { reference: row.reference, scheduledPurgeAt: deleted.scheduledPurgeAt?.toISOString() ?? null }
  return inTransaction(ctx.db, async (tx) => {
    const first = await finishOperation(ctx, tx, { operationId, connection, actor, status: 'succeeded', facts })
    if (!first) return false
    await tx.keyRecord.updateMany({
      where: { connectionId: connection.id, name: row.keyName },
      data: {
        deletedAt: deleted.deletedAt ?? ctx.clock(),
        scheduledPurgeAt: deleted.scheduledPurgeAt,
        refreshedAt: ctx.clock(),
      },
    })
    return true
  })
}

export function settleNotDeleted(ctx: Context, settling: Settling, code: ProblemCode): Promise<boolean> {
  const { operationId, actor, loaded } = settling
  const outcome = {
    operationId,
    connection: loaded.connection,
    actor,
    code,
    facts: { reference: loaded.row.reference },
  }
  return inTransaction(ctx.db, (tx) => finishOperation(ctx, tx, { ...outcome, status: 'failed' }))
}
