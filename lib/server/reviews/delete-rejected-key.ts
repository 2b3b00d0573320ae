import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { DeletedKeyListing } from '@/lib/providers/port'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import type { Operation } from '../db/generated/client'
import { beginOperation } from '../operations/begin-operation'
import { providerInTime } from '../operations/provider-in-time'
import { permit } from '../permit'
import { isOnlyVersion, mayEverBeDeleted } from './deletable'
import { inAct } from './in-act'
import { leaveToReconciler } from './leave-to-reconciler'
import { type LoadedImport, loadImport } from './load-import'
import { settleDeleted, settleNotDeleted } from './settle-delete'

export interface DeleteInput {
  importId: string
  typedName: string
}

/** Deletes what a rejected import left: only a name that it created, while its version is the only one. */
export async function deleteRejectedKey(
  ctx: Context,
  actor: Actor,
  input: DeleteInput,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'keys.delete')
  if (!permitted.ok) return permitted
  const loaded = await loadImport(ctx.db, input.importId)
  if (!loaded) return err({ code: 'not-found' })
  if (!mayEverBeDeleted(loaded)) return err({ code: 'not-deletable' })
  if (input.typedName !== loaded.row.keyName) {
    return err({ code: 'invalid-input', fields: { typedName: 'Type the name exactly as it is.' } })
  }
  const begun = await begin(ctx, actor, loaded)
  if (!begun.ok) return begun
  return remove(ctx, { actor, loaded, operation: begun.value })
}

function begin(ctx: Context, actor: Actor, loaded: LoadedImport): Promise<Result<Operation, ServiceError>> {
  const { row, connection, version } = loaded
  return inAct(ctx, async (tx) => {
    const operation = await beginOperation(ctx, tx, {
      id: ctx.newId(),
      kind: 'delete_key',
      connection,
      keyName: row.keyName,
      keyVersion: version,
      actor,
      facts: { reference: row.reference },
      importId: row.id,
      calls: 2, // the last look, and the deletion
    })
    return ok(operation)
  })
}

interface DeleteAct {
  actor: Actor
  loaded: LoadedImport
  operation: Operation
}

/** A delete takes every version of a name, so the vault is asked once more, with the key already blocked for others. */
async function remove(ctx: Context, act: DeleteAct): Promise<Result<void, ServiceError>> {
  const { loaded, operation, actor } = act
  const settling = { loaded, actor, operationId: operation.id }
  try {
    if (!(await isOnlyVersion(ctx, loaded))) {
      await settleNotDeleted(ctx, settling, 'not-deletable')
      return err({ code: 'not-deletable' })
    }
  } catch (error) {
    const problem = vaultProblem(error)
    await settleNotDeleted(ctx, settling, problem.code)
    return err(problem)
  }
  let deleted: DeletedKeyListing
  try {
    deleted = (await providerInTime(ctx, loaded.connection, operation).deleteKey(loaded.row.keyName)).value
  } catch (error) {
    if (mayHaveHappened(error)) {
      await leaveToReconciler(ctx, { operationId: operation.id, connection: loaded.connection, actor })
      return err({ code: 'outcome-unknown' })
    }
    const problem = vaultProblem(error)
    await settleNotDeleted(ctx, settling, problem.code)
    return err(problem)
  }
  await settleDeleted(ctx, settling, deleted)
  return ok(undefined)
}
