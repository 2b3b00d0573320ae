import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { noteInIndex } from '../operations/note-in-index'
import { loadEnableRequest } from './load-enable-request'
import type { Reconciled } from './reconcile-enable'
import { settleNotReenabled, settleReenabled } from './settle-reenable'

/** Decides a re-enabling that nobody finished: the exact version is enabled, or the request waits again. */
export async function reconcileReenable(ctx: Context, operation: Operation): Promise<Reconciled> {
  const loaded = operation.enableRequestId ? await loadEnableRequest(ctx.db, operation.enableRequestId) : null
  if (!loaded) throw new Error('a re-enabling without its request')
  const settling = { operationId: operation.id, loaded, actor: null }
  const { row, connection } = loaded
  try {
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, row.keyVersion)
    await (key.attributes.enabled
      ? settleReenabled(ctx, settling)
      : settleNotReenabled(ctx, settling, 'nothing-reached-the-vault'))
    await noteInIndex(ctx, { connection, key })
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.code !== 'key-not-found') return 'ask-again'
    await settleNotReenabled(ctx, settling, 'not-found')
    return 'done'
  }
}
