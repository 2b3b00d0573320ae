import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import { OPEN } from '../operations/is-open'
import type { LoadedImport } from './load-import'

/**
 * How far the comparison of a symmetric key got, written before each step that opens or closes something: after a crash
 * the reconciler knows whether the version may stand enabled.
 */
export type WindowPhase = 'check-value-window-open' | 'check-value-window-closing' | 'check-value-window-closed'

/** False when the act has an outcome already: then nothing may be sent any more. */
export async function writePhase(
  ctx: Context,
  operationId: string,
  phase: WindowPhase,
  verdict?: ProblemCode,
): Promise<boolean> {
  const { count } = await ctx.db.operation.updateMany({
    where: { id: operationId, status: OPEN },
    data: { phase, ...(verdict ? { code: verdict } : {}) },
  })
  return count === 1
}

/** Disables the exact version and sees that it is so. False: it may still be enabled. */
export async function closeWindow(ctx: Context, loaded: LoadedImport): Promise<boolean> {
  const provider = ctx.provider(loaded.connection)
  const address = { name: loaded.row.keyName, version: loaded.version }
  try {
    const { value } = await provider.updateVersion({ ...address, enabled: false })
    return !value.attributes.enabled
  } catch (error) {
    return isClosedAnyway(ctx, loaded, error)
  }
}

/** The PATCH failed; the vault is asked what is so. A failing question is no answer. */
async function isClosedAnyway(ctx: Context, loaded: LoadedImport, failure: unknown): Promise<boolean> {
  try {
    const { value } = await ctx.provider(loaded.connection).getKey(loaded.row.keyName, loaded.version)
    return !value.attributes.enabled
  } catch (error) {
    console.error('a check value window could not be closed', {
      importId: loaded.row.id,
      failure: nameOf(failure),
      question: nameOf(error),
    })
    return false
  }
}

/** Error classes carry codes as their messages; nothing of a vault's text. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}

/** A symmetric key may stand enabled for `encrypt`: told on every page until somebody has seen to it. */
export async function alarmOpenWindow(ctx: Context, operationId: string, loaded: LoadedImport): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    raiseAlarm(ctx, tx, {
      kind: 'check-value-window-open',
      connection: loaded.connection,
      keyName: loaded.row.keyName,
      keyVersion: loaded.version,
      importId: loaded.row.id,
      operationId,
      facts: { reference: loaded.row.reference },
    }),
  )
}
