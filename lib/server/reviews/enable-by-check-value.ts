import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { WRITE_TIMEOUT_MS } from '@/lib/domain/operations/operation'
import { err, ok, type Result } from '@/lib/domain/result'
import { compareExpectedValue, type ExpectedComparison, type ExpectedValue } from '@/lib/domain/reviews/expected-value'
import { ProviderError } from '@/lib/providers/port'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Context, ServiceError } from '../context'
import { noteInIndex } from '../operations/note-in-index'
import { providerInTime } from '../operations/provider-in-time'
import type { DecideOutput } from './approve-import'
import { alarmOpenWindow, closeWindow, writePhase } from './check-window'
import { type EnableAct, isEnabledByUs, readBack, reviewedTags, settlingOf } from './enable-version'
import { leaveToReconciler } from './leave-to-reconciler'
import { readTarget } from './read-expected'
import { settleEnabled, settleEnded, settleNotEnabled } from './settle-enable'

type Outcome = Result<DecideOutput, ServiceError>

/**
 * A symmetric key's check value can only be asked for while it is enabled, so the comparison is part of enabling: the
 * exact version is enabled for `encrypt` alone, one zero block is encrypted, and only on equality are the approved
 * operations set. On anything else the version is disabled before the import fails.
 */
export async function enableByCheckValue(ctx: Context, act: EnableAct, expected: ExpectedValue): Promise<Outcome> {
  if (ctx.clock() >= act.actBefore) {
    await settleNotEnabled(ctx, settlingOf(act, null), 'approval-expired')
    return err({ code: 'approval-expired' })
  }
  if (!(await writePhase(ctx, act.operationId, 'check-value-window-open'))) return err({ code: 'not-waiting' })
  const openedAt = performance.now()
  const opened = await openWindow(ctx, act)
  if (opened !== 'open') return opened === 'unclear' ? endUnclear(ctx, act, openedAt) : opened
  const compared = await compareCheckValue(ctx, act, expected)
  if (compared === 'equal') return setApproved(ctx, act, openedAt)
  return end(ctx, act, { openedAt, how: compared === 'different' ? 'substituted' : 'check-value-unclear' })
}

async function openWindow(ctx: Context, act: EnableAct): Promise<'open' | 'unclear' | Outcome> {
  const { connection, row, version } = act.loaded
  try {
    const provider = providerInTime(ctx, connection, act)
    await provider.updateVersion({ name: row.keyName, version, enabled: true, keyOps: ['encrypt'] })
    return 'open'
  } catch (error) {
    if (mayHaveHappened(error)) return 'unclear'
    const problem = vaultProblem(error)
    await settleNotEnabled(ctx, settlingOf(act, null), problem.code)
    return err(problem)
  }
}

async function compareCheckValue(ctx: Context, act: EnableAct, expected: ExpectedValue): Promise<ExpectedComparison> {
  const { connection, row, version } = act.loaded
  const bits = readTarget(row).sizeOrCurve
  try {
    const { value } = await ctx.provider(connection).keyCheckValue(row.keyName, version, toBits(bits))
    return compareExpectedValue(expected, { keyCheckValue: value })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return 'not-comparable'
  }
}

function toBits(sizeOrCurve: string): 128 | 192 | 256 {
  return sizeOrCurve === '128' ? 128 : sizeOrCurve === '192' ? 192 : 256
}

/** Equal: the approved operations and the tags, in one PATCH; the version is enabled already. */
async function setApproved(ctx: Context, act: EnableAct, openedAt: number): Promise<Outcome> {
  // Later than this the reconciler may already be closing the window: the key must not be enabled behind its back.
  if (ctx.clock().getTime() - act.startedAt.getTime() > WRITE_TIMEOUT_MS) return endUnclear(ctx, act, openedAt)
  const { connection, row, version } = act.loaded
  const keyOps = readTarget(row).keyOps
  const tags = reviewedTags(act.key.tags, act.reviewed)
  try {
    const provider = providerInTime(ctx, connection, act)
    await provider.updateVersion({ name: row.keyName, version, enabled: true, keyOps, tags })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
  }
  const checkWindowMs = Math.round(performance.now() - openedAt)
  const answer = await readBack(ctx, act.loaded)
  if (!answer.ok || !isEnabledByUs(answer.value.value)) return endUnclear(ctx, act, openedAt)
  await writePhase(ctx, act.operationId, 'check-value-window-closed')
  await settleEnabled(ctx, { ...settlingOf(act, answer.value.requestId), checkWindowMs })
  await noteInIndex(ctx, { connection, key: answer.value.value })
  return ok({ status: 'enabled' })
}

function endUnclear(ctx: Context, act: EnableAct, openedAt: number): Promise<Outcome> {
  return end(ctx, act, { openedAt, how: 'check-value-unclear' })
}

/**
 * Disabled first, then failed. That it comes to this is written before: from then on nobody else records it as enabled, and
 * who finds that somebody has leaves it so. Where even disabling can't be seen to work: an alarm, and the reconciler keeps
 * trying.
 */
async function end(
  ctx: Context,
  act: EnableAct,
  ending: { openedAt: number; how: 'substituted' | 'check-value-unclear' },
): Promise<Outcome> {
  const { how } = ending
  const code: ProblemCode = how
  if (!(await writePhase(ctx, act.operationId, 'check-value-window-closing', code))) return onRecord(ctx, act, code)
  if (!(await closeWindow(ctx, act.loaded))) {
    await alarmOpenWindow(ctx, act.operationId, act.loaded)
    const { operationId, actor, loaded } = act
    await leaveToReconciler(ctx, { operationId, actor, connection: loaded.connection, code })
    return err({ code: 'outcome-unknown' })
  }
  const checkWindowMs = Math.round(performance.now() - ending.openedAt)
  await writePhase(ctx, act.operationId, 'check-value-window-closed', code)
  await settleEnded(ctx, { ...settlingOf(act, null), checkWindowMs }, how)
  return err({ code })
}

/** The reconciler was faster. */
async function onRecord({ db }: Context, { loaded }: EnableAct, code: ProblemCode): Promise<Outcome> {
  const { status } = await db.import.findUniqueOrThrow({ where: { id: loaded.row.id } })
  return status === 'enabled' ? ok({ status }) : err({ code })
}
