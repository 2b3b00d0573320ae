import 'server-only'
import { z } from 'zod'
import { ProviderError, type VaultProvider } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import type { ClosingOperation } from '../operations/closing-operation'
import { finishOperation } from '../operations/finish-operation'
import { markIndeterminate } from '../operations/mark-indeterminate'
import type { ReconcileAnswer } from '../operations/reconcile-operation'

/** What the intent wrote of itself. */
const paramsSchema = z.object({ how: z.enum(['disable', 'delete']) })
type How = z.infer<typeof paramsSchema>['how']

/** Asks the vault whether the KEK is disabled or gone; before the deadline "not yet" proves nothing. */
export async function settleRetireKek(ctx: Context, closing: ClosingOperation): Promise<ReconcileAnswer> {
  const { operation, connection, actor } = closing
  const { how } = paramsSchema.parse(operation.params)
  try {
    if (await isRetired(ctx.provider(connection), operation, how)) {
      await completeRetireKek(ctx, closing, how, null)
      return 'done'
    }
    if (ctx.clock() < operation.deadlineAt) return 'ask-again'
    await failRetireKek(ctx, closing, 'nothing-reached-the-vault')
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await markIndeterminate(ctx, operation, error.code, actor)
    return 'ask-again'
  }
}

async function isRetired(provider: VaultProvider, operation: Operation, how: How): Promise<boolean> {
  try {
    const { value } = await provider.getKey(operation.keyName, operation.keyVersion ?? undefined)
    return how === 'disable' && !value.attributes.enabled
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'key-not-found') return true
    throw error
  }
}

export async function completeRetireKek(
  ctx: Context,
  { operation, connection, actor }: ClosingOperation,
  how: How,
  vaultRequestId: string | null,
): Promise<void> {
  const at = ctx.clock()
  await inTransaction(ctx.db, async (tx) => {
    const outcome = { operationId: operation.id, connection, actor, status: 'succeeded' as const, vaultRequestId }
    const finished = await finishOperation(ctx, tx, { ...outcome, facts: { how } })
    if (!finished || !operation.kekId) return
    await tx.kek.updateMany({
      where: { id: operation.kekId, status: 'active' },
      data: {
        status: how === 'delete' ? 'retired_deleted' : 'retired_disabled',
        retiredById: operation.actorId,
        retiredAt: at,
      },
    })
  })
}

export async function failRetireKek(
  ctx: Context,
  { operation, connection, actor }: ClosingOperation,
  code: string,
  vaultRequestId: string | null = null,
): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    finishOperation(ctx, tx, {
      operationId: operation.id,
      connection,
      actor,
      status: 'failed',
      code,
      vaultRequestId,
      facts: {},
    }),
  )
}
