import 'server-only'
import type { PerformReleaseInput } from '@/lib/domain/releases/release-form'
import { err, ok, type Result } from '@/lib/domain/result'
import { ProviderError } from '@/lib/providers/port'
import type { Actor, Context, ServiceError } from '../../context'
import type { Operation } from '../../db/generated/client'
import { beginOperation } from '../../operations/begin-operation'
import { providerInTime } from '../../operations/provider-in-time'
import { inAct } from '../../reviews/in-act'
import { leaveToReconciler } from '../../reviews/leave-to-reconciler'
import { isCompromised } from '../../stop/is-compromised'
import { verifyAnswer } from '../answer/verify-answer'
import { keepToken } from '../evaluation/keep-token'
import { type CheckedRelease, checkRelease } from './check-release'
import { type RunningRelease, settleRefused, settleReleased, stillHasPolicy } from './settle-release'
import { MARKED } from './why-not-releasable'

export interface PerformReleaseOutput {
  operationId: string
}

/**
 * Asks a vault to release one version to the environment that a token speaks for: to prove that a policy works. What comes
 * back is ciphertext for the token's key and is let go of. Every end has a page: `operationId`.
 */
export async function performRelease(
  ctx: Context,
  actor: Actor,
  input: PerformReleaseInput,
): Promise<Result<PerformReleaseOutput, ServiceError>> {
  const checked = await checkRelease(ctx, actor, input)
  if (!checked.ok) return checked
  const begun = await begin(ctx, actor, checked.value)
  if (!begun.ok) return begun
  const { id: operationId, deadlineAt } = begun.value
  await send(ctx, { ...checked.value, actor, operationId, deadlineAt })
  return ok({ operationId })
}

function begin(ctx: Context, actor: Actor, release: CheckedRelease): Promise<Result<Operation, ServiceError>> {
  const { connection, key, params, text } = release
  const address = { connectionId: connection.id, keyName: key.name, keyVersion: key.version }
  return inAct(ctx, async (tx) => {
    if (await isCompromised(tx, address)) return err(MARKED)
    await keepToken(tx, text, ctx.clock())
    const operation = await beginOperation(ctx, tx, {
      id: ctx.newId(),
      kind: 'release_key',
      connection,
      keyName: key.name,
      keyVersion: key.version,
      actor,
      facts: params,
      calls: 2, // the release, and the look whether the policy is still the same
    })
    return ok(operation)
  })
}

async function send(ctx: Context, release: RunningRelease & { deadlineAt: Date }): Promise<void> {
  const { connection, key, params, text, operationId, actor, wrapping } = release
  const { algorithm, nonce } = params
  const { name, version } = key
  try {
    const provider = providerInTime(ctx, connection, release)
    const { value, requestId } = await provider.releaseKey({
      ...{ name, version, algorithm, nonce },
      target: text,
      callId: operationId,
    })
    const asked = { vault: connection, name, version, algorithm, nonce, wrapping, now: ctx.clock() }
    await settleReleased(ctx, release, verifyAnswer(value, asked), requestId)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (error.certainty !== 'unknown') return settleRefused(ctx, release, error)
    await leaveToReconciler(ctx, { operationId, connection, actor })
    // Seen from both sides, the policy of that moment is known when the log tells how it ended.
    await stillHasPolicy(ctx, release)
  }
}
