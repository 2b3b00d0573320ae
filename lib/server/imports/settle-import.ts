import 'server-only'
import { ProviderError } from '@/lib/providers/port'
import type { Context } from '../context'
import { findOwnVersion } from '../operations/find-own-version'
import { markIndeterminate } from '../operations/mark-indeterminate'
import type { ReconcileAnswer } from '../operations/reconcile-operation'
import type { ClosingImport } from './closing-import'
import { completeImport } from './complete-import'
import { failImport } from './fail-import'

/** Asks the vault what became of an import; before the deadline "none" proves nothing yet. The blob is never sent again. */
export async function settleImport(ctx: Context, closing: ClosingImport): Promise<ReconcileAnswer> {
  const { row, operation, connection, actor } = closing
  try {
    const own = await findOwnVersion(ctx.provider(connection), row.keyName, operation.id)
    if (own.state === 'found') {
      await completeImport(ctx, closing, own.version, null)
      return 'done'
    }
    if (ctx.clock() < operation.deadlineAt) return 'ask-again'
    await failImport(ctx, closing, own.state === 'none' ? 'nothing-reached-the-vault' : 'name-soft-deleted')
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await markIndeterminate(ctx, operation, error.code, actor)
    return 'ask-again'
  }
}
