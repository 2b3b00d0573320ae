import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Answer, VaultKey } from '@/lib/providers/port'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import { noteInIndex } from '../operations/note-in-index'
import { providerInTime } from '../operations/provider-in-time'
import type { DecideOutput } from './approve-import'
import type { BegunEnable } from './begin-enable'
import { leaveToReconciler } from './leave-to-reconciler'
import type { LoadedImport } from './load-import'
import { settleEnabled, settleNotEnabled } from './settle-enable'

export interface EnableAct extends BegunEnable {
  actor: Actor
  loaded: LoadedImport
  /** As it was read before transaction 1. */
  key: VaultKey
}

/** Enables the exact version and sets its tags in one PATCH, reads it back, and records the outcome. */
export async function enableVersion(ctx: Context, act: EnableAct): Promise<Result<DecideOutput, ServiceError>> {
  if (ctx.clock() >= act.actBefore) {
    await settleNotEnabled(ctx, settlingOf(act, null), 'approval-expired')
    return err({ code: 'approval-expired' })
  }
  const { loaded, key } = act
  try {
    await providerInTime(ctx, loaded.connection, act).updateVersion({
      name: loaded.row.keyName,
      version: loaded.version,
      enabled: true,
      tags: reviewedTags(key.tags, act.reviewed),
    })
  } catch (error) {
    if (mayHaveHappened(error)) return askTheVault(ctx, act)
    const problem = vaultProblem(error)
    await settleNotEnabled(ctx, settlingOf(act, null), problem.code)
    return err(problem)
  }
  return askTheVault(ctx, act)
}

/** What the officer set stays; ours say that it was reviewed, and when. */
export function reviewedTags(tags: Record<string, string>, reviewed: string): Record<string, string> {
  return { ...tags, requires_review: 'false', reviewed }
}

/**
 * Reads the exact version back. Only seeing it enabled by us is an outcome here: a PATCH that was not seen may still be
 * under way, so its absence is for the reconciler, after the deadline.
 */
async function askTheVault(ctx: Context, act: EnableAct): Promise<Result<DecideOutput, ServiceError>> {
  const { loaded } = act
  const answer = await readBack(ctx, loaded)
  if (!answer.ok || !isEnabledByUs(answer.value.value)) {
    await leaveToReconciler(ctx, { operationId: act.operationId, connection: loaded.connection, actor: act.actor })
    return err({ code: 'outcome-unknown' })
  }
  const { value: key, requestId } = answer.value
  await settleEnabled(ctx, settlingOf(act, requestId))
  await noteInIndex(ctx, { connection: loaded.connection, key })
  return ok({ status: 'enabled' })
}

export async function readBack(ctx: Context, loaded: LoadedImport): Promise<Result<Answer<VaultKey>, ServiceError>> {
  try {
    return ok(await ctx.provider(loaded.connection).getKey(loaded.row.keyName, loaded.version))
  } catch (error) {
    return err(vaultProblem(error))
  }
}

/** Our PATCH sets both at once; enabled without the tag is somebody else's doing. */
export function isEnabledByUs(key: VaultKey): boolean {
  return key.attributes.enabled && key.tags.requires_review === 'false'
}

export function settlingOf(act: EnableAct, vaultRequestId: string | null) {
  return { operationId: act.operationId, loaded: act.loaded, actor: act.actor, vaultRequestId }
}
