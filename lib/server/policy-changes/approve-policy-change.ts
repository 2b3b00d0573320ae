import 'server-only'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { isSameHeld } from '@/lib/domain/releases/policy-change'
import { err, ok, type Result } from '@/lib/domain/result'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, Context, ServiceError } from '../context'
import type { Transaction } from '../db/transaction'
import { recordPolicy } from '../releases/policy-snapshots'
import type { DecideEnableOutput } from '../reviews/approve-enable'
import { beginRequested } from '../reviews/begin-requested'
import { checkReason } from '../reviews/check-reason'
import { leaveToReconciler } from '../reviews/leave-to-reconciler'
import { type DecideEnableInput, type LoadedEnableRequest, loadDecidableEnable } from '../reviews/load-enable-request'
import { settleNotReenabled, settleReenabled } from '../reviews/settle-reenable'
import { voidOnChange } from '../reviews/void-on-change'
import { heldBy, heldNow, readFrozenChange } from './held-policy'
import { notePolicySet } from './note-policy-set'
import { storedTests, testsFailed } from './policy-tests'

/** Approves that the key gets exactly the policy that was proposed, in place of exactly the one it had; the last approval sets it. */
export async function approvePolicyChange(
  ctx: Context,
  actor: Actor,
  input: DecideEnableInput,
): Promise<Result<DecideEnableOutput, ServiceError>> {
  const decidable = await loadDecidableEnable(ctx, actor, input, 'change_policy')
  if (!decidable.ok) return decidable
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const loaded = decidable.value
  const unchanged = await checkUnchanged(ctx, actor, loaded)
  if (!unchanged.ok) return unchanged
  const { after } = readFrozenChange(loaded.row)
  const act = { kind: 'change_policy', facts: { immutable: after.immutable }, barred: barredByTests(loaded) } as const
  const begun = await beginRequested(ctx, { actor, loaded, reason: reason.value, ...act })
  if (!begun.ok) return begun
  if ('required' in begun.value) return ok({ status: 'awaiting_review', approvals: begun.value })
  return setPolicy(ctx, { actor, loaded, operationId: begun.value.operationId })
}

const STALE: ServiceError = {
  code: 'request-changed',
  message:
    'The key’s release policy is not the one that this was proposed against. Nothing was sent; reject it, and propose anew.',
}

async function checkUnchanged(
  ctx: Context,
  actor: Actor,
  { row, connection }: LoadedEnableRequest,
): Promise<Result<void, ServiceError>> {
  try {
    const { value: key } = await ctx.provider(connection).getKey(row.keyName)
    await recordPolicy(ctx, { connection, key, seenBy: 'read' })
    if (heldNow(readFrozenChange(row), key) === 'as-proposed-against') return ok(undefined)
    const { keyName, keyVersion } = row
    await voidOnChange(ctx, { about: { enableRequestId: row.id }, actor, connection, keyName, keyVersion })
    return err(STALE)
  } catch (error) {
    return err(vaultProblem(error))
  }
}

/** The tests as they are stored now, also those that came after the proposal. */
const barredByTests =
  ({ row }: LoadedEnableRequest) =>
  async (tx: Transaction): Promise<ServiceError | undefined> => {
    const read = parseReleasePolicy(readFrozenChange(row).after.text)
    return read.ok ? testsFailed(read.value, await storedTests(tx, row)) : { code: 'request-changed' }
  }

interface PolicyAct {
  actor: Actor
  loaded: LoadedEnableRequest
  operationId: string
}

async function setPolicy(ctx: Context, act: PolicyAct): Promise<Result<DecideEnableOutput, ServiceError>> {
  const { loaded, operationId, actor } = act
  const { row, connection } = loaded
  const provider = ctx.provider(connection)
  const { after } = readFrozenChange(row)
  try {
    await provider.setReleasePolicy({ name: row.keyName, ...after })
  } catch (error) {
    if (!mayHaveHappened(error)) {
      const problem = vaultProblem(error)
      await settleNotReenabled(ctx, act, problem.code)
      return err(problem)
    }
  }
  try {
    const { value: key, requestId } = await provider.getKey(row.keyName)
    const held = heldBy(key)
    if (held && isSameHeld(held, after)) {
      await settleReenabled(ctx, { ...act, vaultRequestId: requestId })
      await notePolicySet(ctx, connection, key)
      return ok({ status: 'enabled' })
    }
  } catch (error) {
    vaultProblem(error) // a bug is thrown on; a silent vault is asked again by the reconciler
  }
  await leaveToReconciler(ctx, { operationId, connection, actor })
  return err({ code: 'outcome-unknown' })
}
