import 'server-only'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { noteInIndex } from '../operations/note-in-index'
import { type LoadedEnableRequest, loadEnableRequest } from '../reviews/load-enable-request'
import type { Reconciled } from '../reviews/reconcile-enable'
import { settleNotReenabled, settleReenabled } from '../reviews/settle-reenable'
import { heldNow, readFrozenChange } from './held-policy'
import { notePolicySet } from './note-policy-set'

/**
 * Decides a change of policy that nobody finished: the key has the proposed one, or the proposal waits again. Where it has
 * a third one, ours may have been there before it: nobody can tell, and the outcome says so.
 */
export async function reconcilePolicyChange(ctx: Context, operation: Operation): Promise<Reconciled> {
  const loaded = operation.enableRequestId ? await loadEnableRequest(ctx.db, operation.enableRequestId) : null
  if (!loaded) throw new Error('a change of policy without its request')
  try {
    const { value: key } = await ctx.provider(loaded.connection).getKey(loaded.row.keyName)
    await settle(ctx, operation.id, loaded, key)
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.code !== 'key-not-found') return 'ask-again'
    await settleNotReenabled(ctx, { operationId: operation.id, loaded, actor: null }, 'not-found')
    return 'done'
  }
}

async function settle(ctx: Context, operationId: string, loaded: LoadedEnableRequest, key: VaultKey): Promise<void> {
  const settling = { operationId, loaded, actor: null }
  const { connection, row } = loaded
  const now = heldNow(readFrozenChange(row), key)
  if (now === 'as-proposed') {
    await settleReenabled(ctx, settling)
    return notePolicySet(ctx, connection, key)
  }
  await settleNotReenabled(ctx, settling, now === 'another' ? 'request-changed' : 'nothing-reached-the-vault')
  await noteInIndex(ctx, { connection, key })
}
