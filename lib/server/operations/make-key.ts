import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { ProviderError, type VaultKey, type VaultProvider } from '@/lib/providers/port'
import type { Context, ServiceError } from '../context'
import type { Operation } from '../db/generated/client'
import { problemOf } from '../providers/provider-problem'
import type { ClosingOperation } from './closing-operation'
import { findOwnVersion } from './find-own-version'
import { markIndeterminate } from './mark-indeterminate'
import { providerInTime } from './provider-in-time'
import { readNameState } from './read-name-state'
import type { ReconcileAnswer } from './reconcile-operation'

/** What a kind of key records of its making. Both record an outcome once, and change nothing where one stands. */
export interface Making {
  /** The key is in the vault, and is this one. */
  complete: (ctx: Context, closing: ClosingOperation, key: VaultKey, vaultRequestId: string | null) => Promise<void>
  /** No key of this intent is in the vault. */
  fail: (ctx: Context, closing: ClosingOperation, code: string, vaultRequestId?: string | null) => Promise<void>
}

/** A key that is generated never adds a version to somebody's: its name must be free, asked of the vault now. */
export async function expectFreeName(
  provider: VaultProvider,
  name: string,
  taken: ServiceError,
): Promise<Result<void, ServiceError>> {
  const state = await readNameState(provider, name)
  if (state.state === 'not_known') return err({ code: 'vault-unreachable' })
  if (state.state === 'soft_deleted') return err({ code: 'name-soft-deleted' })
  return state.state === 'free' ? ok(undefined) : err(taken)
}

/** The one call that makes the key, and what it came to: the intent as it ended, or why nobody knows yet. */
export async function sendMade(
  ctx: Context,
  closing: ClosingOperation,
  making: Making,
  call: (provider: VaultProvider) => Promise<unknown>,
): Promise<Result<Operation, ServiceError>> {
  const { operation, connection } = closing
  try {
    await call(providerInTime(ctx, connection, operation))
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.certainty !== 'unknown') {
      const code = problemOf(error, 'write')
      await making.fail(ctx, closing, code, error.facts.requestId)
      return err({ code })
    }
  }
  // Made, or perhaps made: either way the vault is asked what it holds.
  if ((await settleMade(ctx, closing, making)) !== 'done') return err({ code: 'outcome-unknown' })
  return ok(await ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } }))
}

/** Asks the vault what became of it; before the deadline "none" proves nothing yet. */
export async function settleMade(ctx: Context, closing: ClosingOperation, making: Making): Promise<ReconcileAnswer> {
  const { operation, connection } = closing
  const provider = ctx.provider(connection)
  try {
    const own = await findOwnVersion(provider, operation.keyName, operation.id)
    if (own.state === 'found') {
      const { value, requestId } = await provider.getKey(operation.keyName, own.version)
      await making.complete(ctx, closing, value, requestId)
      return 'done'
    }
    if (ctx.clock() < operation.deadlineAt) return 'ask-again'
    await making.fail(ctx, closing, own.state === 'none' ? 'nothing-reached-the-vault' : 'name-soft-deleted')
    return 'done'
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    await markIndeterminate(ctx, operation, error.code, closing.actor)
    return 'ask-again'
  }
}
