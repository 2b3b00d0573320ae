import 'server-only'
import type { AnswerFacts } from '@/lib/domain/releases/release-answer'
import { judgeRelease, type ReleaseEnd, type VerdictOnRelease } from '@/lib/domain/releases/release-verdict'
import { ProviderError } from '@/lib/providers/port'
import { raiseAlarm } from '../../alarms/raise-alarm'
import type { Actor, Context } from '../../context'
import { inTransaction } from '../../db/transaction'
import { recordVersion } from '../../inventory/record-version'
import { finishOperation, type OperationOutcome } from '../../operations/finish-operation'
import { problemOf } from '../../providers/provider-problem'
import { isInTime } from '../evaluation/token-times'
import type { CheckedRelease } from './check-release'

export interface RunningRelease extends CheckedRelease {
  actor: Actor
  operationId: string
}

export async function settleReleased(
  ctx: Context,
  release: RunningRelease,
  answer: AnswerFacts,
  vaultRequestId: string | null,
): Promise<void> {
  const judged = await judge(ctx, release, 'released')
  const { wrapped } = answer
  const facts = {
    ...{ end: 'released', agreement: judged.verdict },
    ...(vaultRequestId ? { vaultRequestId } : {}),
    ...{ answerLength: answer.length, answerSha256: answer.sha256, signedBy: answer.signedBy },
    ...(wrapped
      ? {
          ...{ wrappedLength: wrapped.length, wrappedSha256: wrapped.sha256 },
          ...{ wrappedFor: wrapped.forKey, wrappedBy: wrapped.algorithm },
        }
      : {}),
    ...answer.verdicts,
  }
  await settle(ctx, release, judged, { status: 'succeeded', vaultRequestId, facts })
}

/** The vault answered that it released nothing, or nothing was sent. */
export async function settleRefused(ctx: Context, release: RunningRelease, error: ProviderError): Promise<void> {
  const end = error.code === 'policy-not-met' ? 'denied' : 'other'
  const judged = await judge(ctx, release, end)
  const { requestId = null, skrNumber } = error.facts
  const facts = {
    ...{ end, agreement: judged.verdict, refusal: error.code },
    ...(requestId ? { vaultRequestId: requestId } : {}),
    ...(skrNumber ? { skrNumber } : {}),
  }
  const code = problemOf(error, 'write')
  await settle(ctx, release, judged, { status: 'failed', code, vaultRequestId: requestId, facts })
}

/**
 * By the policy that was read before the call, if the vault still has it after: whoever changed it in between left nobody
 * able to say which one the vault asked.
 */
async function judge(ctx: Context, release: RunningRelease, end: ReleaseEnd): Promise<VerdictOnRelease> {
  const at = ctx.clock()
  const isSame = await stillHasPolicy(ctx, release)
  const sighting = { policy: release.policy, immutable: false, firstSeenAt: at, lastSeenAt: at }
  const then = isSame ? { known: 'policy' as const, sighting } : { known: 'nothing' as const }
  return judgeRelease(end, then, { ...release.token, inTime: isInTime(release.token.times, at) })
}

/** Whether the vault has the policy yet that the release was checked with; a sighting of it in any case. */
export async function stillHasPolicy(ctx: Context, { connection, key, params }: RunningRelease): Promise<boolean> {
  try {
    const { value } = await ctx.provider(connection).getKey(key.name, key.version)
    await recordVersion(ctx, { connection, key: value })
    return value.releasePolicy?.sha256 === params.policySha256
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return false
  }
}

type Outcome = Pick<OperationOutcome, 'status' | 'code' | 'vaultRequestId' | 'facts'>

function settle(
  ctx: Context,
  { operationId, connection, actor, key, params }: RunningRelease,
  { verdict, expected }: VerdictOnRelease,
  outcome: Outcome,
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const first = await finishOperation(ctx, tx, { operationId, connection, actor, ...outcome })
    if (!first || verdict !== 'diverges') return
    const facts = { expected, tokenSha256: params.tokenSha256, policySha256: params.policySha256 }
    const version = { keyName: key.name, keyVersion: key.version }
    await raiseAlarm(ctx, tx, { kind: 'release-diverged', connection, ...version, operationId, facts })
  })
}
