import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { noteInIndex } from '../operations/note-in-index'
import { loadEnableRequest } from './load-enable-request'
import type { Reconciled } from './reconcile-enable'
import type { RequestedWork } from './requested-work'
import { settleDone, settleNotDone } from './settle-requested'

/** Decides a request's act that nobody finished: the vault is seen to have done it, or the request waits again. */
export const reconcileRequested =
  (work: RequestedWork) =>
  async (ctx: Context, operation: Operation): Promise<Reconciled> => {
    const loaded = operation.enableRequestId ? await loadEnableRequest(ctx.db, operation.enableRequestId) : null
    if (!loaded) throw new Error('an act of a request without its request')
    const settling = { operationId: operation.id, loaded, actor: null }
    const { row, connection } = loaded
    try {
      const { value: key } = await ctx.provider(connection).getKey(row.keyName, work.version(row))
      if (work.isDone(row, key)) {
        await settleDone(ctx, settling)
        await work.noteDone(ctx, { connection, key })
      } else {
        await settleNotDone(ctx, settling, work.notDoneBecause(row, key))
        await noteInIndex(ctx, { connection, key })
      }
      return 'done'
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.code !== 'key-not-found') return 'ask-again'
      await settleNotDone(ctx, settling, 'not-found')
      return 'done'
    }
  }
