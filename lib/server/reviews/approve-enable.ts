import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import type { EnableRequestStatus } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { noteInIndex } from '../operations/note-in-index'
import { beginRequested } from './begin-requested'
import { checkReason } from './check-reason'
import { freeze } from './freeze'
import { leaveToReconciler } from './leave-to-reconciler'
import { type DecideEnableInput, type LoadedEnableRequest, loadDecidableEnable } from './load-enable-request'
import { buildEnableRequest } from './rebuild-request'
import { isCompromised } from './request-enable'
import { settleNotReenabled, settleReenabled } from './settle-reenable'
import { voidOnChange } from './void-on-change'

export interface DecideEnableOutput {
  status: EnableRequestStatus
  /** Still waiting: how many of how many have approved now. */
  approvals?: { given: number; required: number }
}

/** Approves that the exact stopped version is enabled again, as it was when it was asked for; the last approval enables it. */
export async function approveEnable(
  ctx: Context,
  actor: Actor,
  input: DecideEnableInput,
): Promise<Result<DecideEnableOutput, ServiceError>> {
  const decidable = await loadDecidableEnable(ctx, actor, input, 'enable')
  if (!decidable.ok) return decidable
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const loaded = decidable.value
  const unchanged = await checkUnchanged(ctx, actor, loaded)
  if (!unchanged.ok) return unchanged
  const act = { kind: 'reenable_key', barred: barredByMark(loaded) } as const
  const begun = await beginRequested(ctx, { actor, loaded, reason: reason.value, ...act })
  if (!begun.ok) return begun
  if ('required' in begun.value) return ok({ status: 'awaiting_review', approvals: begun.value })
  return enable(ctx, { actor, loaded, operationId: begun.value.operationId })
}

async function checkUnchanged(
  ctx: Context,
  actor: Actor,
  loaded: LoadedEnableRequest,
): Promise<Result<void, ServiceError>> {
  const { row, connection, requester } = loaded
  try {
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, row.keyVersion)
    if (key.attributes.enabled) {
      return err({ code: 'request-changed', message: 'The version was enabled past Drawbridge in the meantime.' })
    }
    const rebuilt = freeze(buildEnableRequest(row.id, requester, connection, key))
    if (rebuilt.sha256 === row.frozenSha256) return ok(undefined)
    const { keyName, keyVersion } = row
    await voidOnChange(ctx, { about: { enableRequestId: row.id }, actor, connection, keyName, keyVersion })
    return err({ code: 'request-changed' })
  } catch (error) {
    return err(vaultProblem(error))
  }
}

/** A mark made a moment ago stops it. */
const barredByMark =
  ({ row }: LoadedEnableRequest) =>
  async (tx: Transaction): Promise<ServiceError | undefined> =>
    (await isCompromised(tx, row)) ? { code: 'compromised' } : undefined

interface ReenableAct {
  actor: Actor
  loaded: LoadedEnableRequest
  operationId: string
}

async function enable(ctx: Context, act: ReenableAct): Promise<Result<DecideEnableOutput, ServiceError>> {
  const { loaded, operationId, actor } = act
  const { row, connection } = loaded
  const provider = ctx.provider(connection)
  try {
    await provider.updateVersion({ name: row.keyName, version: row.keyVersion, enabled: true })
  } catch (error) {
    if (!mayHaveHappened(error)) {
      const problem = vaultProblem(error)
      await settleNotReenabled(ctx, act, problem.code)
      return err(problem)
    }
  }
  try {
    const { value: key, requestId } = await provider.getKey(row.keyName, row.keyVersion)
    if (key.attributes.enabled) {
      await settleReenabled(ctx, { ...act, vaultRequestId: requestId })
      await noteInIndex(ctx, { connection, key })
      return ok({ status: 'enabled' })
    }
  } catch (error) {
    vaultProblem(error) // a bug is thrown on; a silent vault is asked again by the reconciler
  }
  await leaveToReconciler(ctx, { operationId, connection, actor })
  return err({ code: 'outcome-unknown' })
}
