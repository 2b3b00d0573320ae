import 'server-only'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import { isOpen } from '../operations/is-open'
import { noteInIndex } from '../operations/note-in-index'
import { alarmOpenWindow, closeWindow, writePhase } from './check-window'
import { isEnabledByUs } from './enable-version'
import { noteEnabledOutside } from './enabled-outside'
import { type LoadedImport, loadImport } from './load-import'
import { isSymmetric } from './read-expected'
import { type Settling, settleEnabled, settleEnded, settleNotEnabled } from './settle-enable'

export type Reconciled = 'done' | 'ask-again'

/**
 * Decides an enabling that nobody finished, after its deadline, by reading the exact version. Nothing is enabled here:
 * either our PATCH is seen to have worked, or the review waits again. A check value's window is closed first.
 */
export async function reconcileEnable(ctx: Context, operation: Operation): Promise<Reconciled> {
  const loaded = operation.importId ? await loadImport(ctx.db, operation.importId) : null
  if (!loaded) throw new Error('an enabling without its import')
  const settling: Settling = { operationId: operation.id, loaded, actor: null, vaultRequestId: null }
  const read = await readExact(ctx, loaded)
  if (read === 'no-answer') return 'ask-again'
  if (read === 'gone') {
    await settleEnded(ctx, settling, 'not-found')
    return 'done'
  }
  if (operation.phase === 'check-value-window-closing') return closeAndEnd(ctx, settling, operation)
  if (isEnabledByUs(read)) {
    const settled = await settleEnabled(ctx, withWindow(ctx, settling, operation))
    if (!settled && (await isOpen(ctx, operation.id))) return 'ask-again' // whoever sent it is just closing it again
    await noteInIndex(ctx, { connection: loaded.connection, key: read })
    return 'done'
  }
  if (isSymmetric(loaded.row) && operation.phase === 'check-value-window-open') {
    return closeAndEnd(ctx, settling, operation)
  }
  if (isSymmetric(loaded.row) && operation.phase === 'check-value-window-closed') {
    await settleEnded(ctx, settling, verdictOf(operation))
    return 'done'
  }
  if (read.attributes.enabled) await noteEnabledOutside(ctx, loaded)
  await settleNotEnabled(ctx, settling, 'nothing-reached-the-vault')
  return 'done'
}

/** The window may stand open, whatever the vault shows: the version is disabled (again) before the import fails. */
async function closeAndEnd(ctx: Context, settling: Settling, operation: Operation): Promise<Reconciled> {
  if (!(await writePhase(ctx, operation.id, 'check-value-window-closing'))) return 'done'
  if (!(await closeWindow(ctx, settling.loaded))) {
    await alarmOpenWindow(ctx, operation.id, settling.loaded)
    return 'ask-again'
  }
  await writePhase(ctx, operation.id, 'check-value-window-closed')
  const now = await ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } })
  await settleEnded(ctx, withWindow(ctx, settling, now), verdictOf(now))
  return 'done'
}

/** What the caller knew before it had to give up, if it lived to say so. */
function verdictOf(operation: Operation): 'substituted' | 'check-value-unclear' {
  return operation.code === 'substituted' ? 'substituted' : 'check-value-unclear'
}

/** After a crash only the longest time is known: since the intent. */
function withWindow(ctx: Context, settling: Settling, operation: Operation): Settling {
  if (operation.phase === null) return settling
  return { ...settling, checkWindowMs: Math.max(0, ctx.clock().getTime() - operation.startedAt.getTime()) }
}

async function readExact(ctx: Context, loaded: LoadedImport): Promise<VaultKey | 'gone' | 'no-answer'> {
  try {
    return (await ctx.provider(loaded.connection).getKey(loaded.row.keyName, loaded.version)).value
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return error.code === 'key-not-found' ? 'gone' : 'no-answer'
  }
}
