import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { noteInIndex } from '../operations/note-in-index'
import type { Reconciled } from '../reviews/reconcile-enable'
import { settleDisabled, settleNotDisabled } from './settle-disable'

/** Decides a stop that nobody finished: the exact version is disabled, or it visibly failed and can be asked for again. */
export async function reconcileDisable(ctx: Context, operation: Operation): Promise<Reconciled> {
  const connection = await ctx.db.connection.findUniqueOrThrow({ where: { id: operation.connectionId } })
  const settling = { operationId: operation.id, connection, actor: null }
  try {
    const { value: key } = await ctx.provider(connection).getKey(operation.keyName, operation.keyVersion ?? undefined)
    await (key.attributes.enabled
      ? settleNotDisabled(ctx, settling, 'nothing-reached-the-vault')
      : settleDisabled(ctx, settling))
    await noteInIndex(ctx, { connection, key })
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.code !== 'key-not-found') return 'ask-again'
    await settleNotDisabled(ctx, settling, 'not-found')
    return 'done'
  }
}
