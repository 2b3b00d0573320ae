import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { DecideRequestInput } from '@/lib/domain/reviews/views'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import type { EnableRequestStatus } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { actsEnded } from '../operations/acts-ended'
import { providerInTime } from '../operations/provider-in-time'
import { beginRequested } from './begin-requested'
import { checkReason } from './check-reason'
import { claimRequest } from './claim-request'
import { leaveToReconciler } from './leave-to-reconciler'
import { type LoadedEnableRequest, loadDecidableEnable } from './load-enable-request'
import type { RequestedWork } from './requested-work'
import { settleDone, settleNotDone } from './settle-requested'
import { voidOnChange } from './void-on-change'

export interface DecideEnableOutput {
  status: EnableRequestStatus
  /** Still waiting: how many of how many have approved now. */
  approvals?: { given: number; required: number }
}

/** Approves exactly what was asked for, of exactly what it was asked about; the last approval has the vault do it. */
export const approveRequested =
  (work: RequestedWork) =>
  async (ctx: Context, actor: Actor, input: DecideRequestInput): Promise<Result<DecideEnableOutput, ServiceError>> => {
    const decidable = await loadDecidableEnable(ctx, actor, input, work.act)
    if (!decidable.ok) return decidable
    const reason = checkReason(input.reason)
    if (!reason.ok) return reason
    const loaded = decidable.value
    const endedBefore = await actsEnded(ctx.db, loaded.row)
    const unchanged = await checkUnchanged(ctx, actor, work, loaded)
    if (!unchanged.ok) return unchanged
    const begun = await beginRequested(ctx, { actor, loaded, reason: reason.value, work, endedBefore })
    if (!begun.ok) return begun
    if ('required' in begun.value) return ok({ status: 'awaiting_review', approvals: begun.value })
    return perform(ctx, work, { actor, loaded, ...begun.value })
  }

/** What is frozen must still be what the vault holds: else approvals given before count no more. */
async function checkUnchanged(
  ctx: Context,
  actor: Actor,
  work: RequestedWork,
  loaded: LoadedEnableRequest,
): Promise<Result<void, ServiceError>> {
  const { row, connection } = loaded
  const { id, keyName, keyVersion } = row
  try {
    const { value: key } = await ctx.provider(connection).getKey(keyName, work.version(row))
    await work.noteBefore(ctx, { connection, key })
    const stale = work.staleBecause(loaded, key)
    if (!stale) return ok(undefined)
    const claim = (tx: Transaction) => claimRequest(tx, row)
    const review = { about: { enableRequestId: id }, claim, actor, connection, keyName, keyVersion }
    const voided = await voidOnChange(ctx, review)
    return voided.ok ? err(stale) : voided
  } catch (error) {
    return err(vaultProblem(error))
  }
}

interface Performed {
  actor: Actor
  loaded: LoadedEnableRequest
  operationId: string
  deadlineAt: Date
  actBefore: Date
}

/**
 * Sends it once and reads back. Only seeing it done is an outcome here: what was not seen may still be under way, so its
 * absence is for the reconciler, after the deadline.
 */
async function perform(
  ctx: Context,
  work: RequestedWork,
  act: Performed,
): Promise<Result<DecideEnableOutput, ServiceError>> {
  const { row, connection } = act.loaded
  const provider = ctx.provider(connection)
  if (ctx.clock() >= act.actBefore) {
    await settleNotDone(ctx, act, 'approval-expired')
    return err({ code: 'approval-expired' })
  }
  try {
    await work.send(providerInTime(ctx, connection, act), row)
  } catch (error) {
    if (!mayHaveHappened(error)) {
      const problem = vaultProblem(error)
      await settleNotDone(ctx, act, problem.code)
      return err(problem)
    }
  }
  try {
    const { value: key, requestId } = await provider.getKey(row.keyName, work.version(row))
    if (work.isDone(row, key)) {
      await settleDone(ctx, { ...act, vaultRequestId: requestId })
      await work.noteDone(ctx, { connection, key })
      return ok({ status: 'enabled' })
    }
  } catch (error) {
    vaultProblem(error) // a bug is thrown on; a silent vault is asked again by the reconciler
  }
  await leaveToReconciler(ctx, { operationId: act.operationId, connection, actor: act.actor })
  return err({ code: 'outcome-unknown' })
}
