import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { loadImport } from './load-import'
import type { Reconciled } from './reconcile-enable'
import { settleDeleted, settleNotDeleted } from './settle-delete'

/** Decides a deletion that nobody finished: the name is among the deleted, or it still stands. */
export async function reconcileDelete(ctx: Context, operation: Operation): Promise<Reconciled> {
  const loaded = operation.importId ? await loadImport(ctx.db, operation.importId) : null
  if (!loaded) throw new Error('a deletion without its import')
  const settling = { operationId: operation.id, loaded, actor: null }
  try {
    const { value: deleted } = await ctx.provider(loaded.connection).getDeletedKey(loaded.row.keyName)
    await (deleted
      ? settleDeleted(ctx, settling, deleted)
      : settleNotDeleted(ctx, settling, 'nothing-reached-the-vault'))
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return 'ask-again'
  }
}
