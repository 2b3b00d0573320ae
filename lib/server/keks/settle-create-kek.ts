import 'server-only'
import { isKek } from '@/lib/domain/keys/key-operations'
import type { VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import type { ClosingOperation } from '../operations/closing-operation'
import { finishOperation } from '../operations/finish-operation'
import type { Making } from '../operations/make-key'
import { noteInIndex } from '../operations/note-in-index'
import { readKekFacts } from './read-kek-facts'

/** How the making of a KEK is recorded. */
export const KEK_MAKING: Making = { complete: completeCreateKek, fail: failCreateKek }

/** The outcome of a KEK that is in the vault: usable, or failed because it may do more than a KEK may. */
async function completeCreateKek(
  ctx: Context,
  { operation, connection, actor }: ClosingOperation,
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
async function failCreateKek(
  ctx: Context,
  { operation, connection, actor }: ClosingOperation,
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
