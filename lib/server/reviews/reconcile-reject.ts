import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { loadImport } from './load-import'
import type { Reconciled } from './reconcile-enable'
import { settleNotRejected, settleRejected } from './settle-reject'

/** Decides a rejection that nobody finished: the exact version carries the tag, or the review waits again. */
export async function reconcileReject(ctx: Context, operation: Operation): Promise<Reconciled> {
  const loaded = operation.importId ? await loadImport(ctx.db, operation.importId) : null
  if (!loaded) throw new Error('a rejection without its import')
  const settling = { operationId: operation.id, loaded, actor: null }
  try {
    const { value } = await ctx.provider(loaded.connection).getKey(loaded.row.keyName, loaded.version)
    const marked = value.tags.requires_review === 'rejected' && !value.attributes.enabled
    await (marked ? settleRejected(ctx, settling) : settleNotRejected(ctx, settling, 'nothing-reached-the-vault'))
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.code !== 'key-not-found') return 'ask-again'
    await settleRejected(ctx, settling)
    return 'done'
  }
}
