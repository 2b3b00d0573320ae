import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Answer, VaultKey } from '@/lib/providers/port'
import { mayHaveHappened, vaultProblem } from '../connections/vault-problem'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Operation } from '../db/generated/client'
import { beginOperation } from '../operations/begin-operation'
import { findConnection } from '../operations/connection-of'
import { noteInIndex } from '../operations/note-in-index'
import { providerInTime } from '../operations/provider-in-time'
import { permit } from '../permit'
import { checkReason } from '../reviews/check-reason'
import { inAct } from '../reviews/in-act'
import { leaveToReconciler } from '../reviews/leave-to-reconciler'
import type { VersionWithReason } from '../reviews/request-enable'
import { settleDisabled, settleNotDisabled } from './settle-disable'

/** Stops one version at once: one officer, a reason, the exact version. Nothing is read first: it must not take long. */
export async function disableVersion(
  ctx: Context,
  actor: Actor,
  input: VersionWithReason,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'keys.stop')
  if (!permitted.ok) return permitted
  const reason = checkReason(input.reason)
  if (!reason.ok) return reason
  const connection = await findConnection(ctx.db, input.connectionId)
  if (!connection) return err({ code: 'not-found' })
  const begun = await begin(ctx, actor, connection, { ...input, reason: reason.value })
  if (!begun.ok) return begun
  const { id: operationId, deadlineAt } = begun.value
  return stop(ctx, { actor, connection, operationId, deadlineAt, name: input.name, version: input.version })
}

function begin(
  ctx: Context,
  actor: Actor,
  connection: ConnectionRow,
  input: VersionWithReason,
): Promise<Result<Operation, ServiceError>> {
  return inAct(ctx, async (tx) => {
    const operation = await beginOperation(ctx, tx, {
      id: ctx.newId(),
      kind: 'disable_key',
      connection,
      keyName: input.name,
      keyVersion: input.version,
      actor,
      facts: { reason: input.reason },
    })
    return ok(operation)
  })
}

interface StopAct {
  actor: Actor
  connection: ConnectionRow
  operationId: string
  deadlineAt: Date
  name: string
  version: string
}

async function stop(ctx: Context, act: StopAct): Promise<Result<void, ServiceError>> {
  const { connection, name, version, operationId, actor } = act
  const provider = providerInTime(ctx, connection, act)
  let answer: Answer<VaultKey>
  try {
    answer = await provider.updateVersion({ name, version, enabled: false })
  } catch (error) {
    if (!mayHaveHappened(error)) {
      const problem = vaultProblem(error)
      await settleNotDisabled(ctx, act, problem.code)
      return err(problem)
    }
    const asked = await ask(ctx, act)
    if (!asked) {
      await leaveToReconciler(ctx, { operationId, connection, actor })
      return err({ code: 'outcome-unknown' })
    }
    answer = asked
  }
  await settleDisabled(ctx, { ...act, vaultRequestId: answer.requestId })
  await noteInIndex(ctx, { connection, key: answer.value })
  return ok(undefined)
}

/** After an unclear answer: the version if it is seen disabled, else null. */
async function ask(ctx: Context, { connection, name, version }: StopAct): Promise<Answer<VaultKey> | null> {
  try {
    const answer = await ctx.provider(connection).getKey(name, version)
    return answer.value.attributes.enabled ? null : answer
  } catch (error) {
    vaultProblem(error) // a bug is thrown on; a silent vault is asked again by the reconciler
    return null
  }
}
