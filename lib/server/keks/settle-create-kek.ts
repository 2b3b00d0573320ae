import 'server-only'
import { isKek } from '@/lib/domain/keys/key-operations'
import { ProviderError, type VaultKey } from '@/lib/providers/port'
import type { Actor, ConnectionRow, Context } from '../context'
import type { Operation } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { findOwnVersion } from '../operations/find-own-version'
import { finishOperation } from '../operations/finish-operation'
import { markIndeterminate } from '../operations/mark-indeterminate'
import { noteInIndex } from '../operations/note-in-index'
import type { ReconcileAnswer } from '../operations/reconcile-operation'
import { readKekFacts } from './read-kek-facts'

/** An intent to create a KEK that is to be closed, by whoever. */
export interface ClosingKek {
  operation: Operation
  connection: ConnectionRow
  /** null: the reconciler. */
  actor: Actor | null
}

/** Asks the vault what became of it; before the deadline "none" proves nothing yet. */
export async function settleCreateKek(ctx: Context, closing: ClosingKek): Promise<ReconcileAnswer> {
  const { operation, connection } = closing
  const provider = ctx.provider(connection)
  try {
    const own = await findOwnVersion(provider, operation.keyName, operation.id)
    if (own.state === 'found') {
      const { value, requestId } = await provider.getKey(operation.keyName, own.version)
      await completeCreateKek(ctx, closing, value, requestId)
      return 'done'
    }
    if (ctx.clock() < operation.deadlineAt) return 'ask-again'
    await failCreateKek(ctx, closing, own.state === 'none' ? 'nothing-reached-the-vault' : 'name-soft-deleted')
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await markIndeterminate(ctx, operation, error.code, closing.actor)
    return 'ask-again'
  }
}

/** The outcome of a KEK that is in the vault: usable, or failed because it may do more than a KEK may. */
async function completeCreateKek(
  ctx: Context,
  { operation, connection, actor }: ClosingKek,
  key: VaultKey,
  vaultRequestId: string | null,
): Promise<void> {
  const facts = readKekFacts(key)
  const usable = facts !== null && isKek(key.keyOps) && key.kty === 'RSA-HSM'
  await inTransaction(ctx.db, async (tx) => {
    const finished = await finishOperation(ctx, tx, {
      operationId: operation.id,
      connection,
      actor,
      status: usable ? 'succeeded' : 'failed',
      ...(usable ? {} : { code: 'request-changed' }),
      keyVersion: key.version,
      vaultRequestId,
      facts: { kid: key.kid, spkiSha256: facts?.spkiSha256 ?? null },
    })
    if (!finished || !operation.kekId) return
    await tx.kek.updateMany({
      where: { id: operation.kekId, status: 'creating' },
      data: { ...facts, status: usable ? 'active' : 'failed' },
    })
  })
  await noteInIndex(ctx, { connection, key, isLatest: true, origin: 'generated' })
}

/** The outcome of a KEK that is not in the vault. */
export async function failCreateKek(
  ctx: Context,
  { operation, connection, actor }: ClosingKek,
  code: string,
  vaultRequestId: string | null = null,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const outcome = { operationId: operation.id, connection, actor, status: 'failed' as const, code, vaultRequestId }
    const finished = await finishOperation(ctx, tx, { ...outcome, facts: {} })
    if (!finished || !operation.kekId) return
    await tx.kek.updateMany({ where: { id: operation.kekId, status: 'creating' }, data: { status: 'failed' } })
  })
}
