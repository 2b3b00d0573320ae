import 'server-only'
import { healthWords } from '@/lib/domain/connections/health-words'
import type { MadeAnswer, MadeRelease } from '@/lib/domain/releases/history/evaluation-views'
import { ANSWER_CHECKS } from '@/lib/domain/releases/release-answer'
import { skrWords } from '@/lib/domain/releases/skr-numbers'
import type { Actor, Context } from '../../context'
import { namePeople } from '../../people/name-people'
import { requirePermission } from '../../people/require-permission'
import { applyPolicy, tokenFacts } from '../evaluation/apply-policy'
import { readEvidenceToken } from '../evaluation/read-evidence-token'
import { type ReleaseOutcome, releaseOutcomeSchema, releaseParamsSchema } from './release-params'

/** One release that was made here, by its operation; null where there is none. */
export async function getMadeRelease(ctx: Context, actor: Actor, operationId: string): Promise<MadeRelease | null> {
  requirePermission(actor, 'releases.read')
  const row = await ctx.db.operation.findFirst({
    where: { id: operationId, kind: 'release_key' },
    include: { connection: { select: { name: true } } },
  })
  if (!row) return null
  const params = releaseParamsSchema.parse(row.params)
  const outcome = releaseOutcomeSchema.parse(row.outcome ?? {})
  const [{ text }, policy, evidence, nameOf] = await Promise.all([
    ctx.db.attestationToken.findUniqueOrThrow({ where: { sha256: params.tokenSha256 } }),
    ctx.db.policySnapshot.findFirst({
      where: {
        ...{ connectionId: row.connectionId, keyName: row.keyName, keyVersion: row.keyVersion ?? '' },
        policySha256: params.policySha256,
      },
      orderBy: { lastSeenAt: 'desc' },
    }),
    ctx.db.releaseEvidence.findFirst({ where: { operationId } }),
    namePeople(ctx.db, [row.actorId]),
  ])
  const token = readEvidenceToken(text)
  if (!token.ok) throw new Error('a release was asked for with a token that can not be read')
  const { reason, algorithm, nonce, expected } = params
  return {
    ...{ operationId, connectionId: row.connectionId, vaultName: row.connection.name },
    ...{ keyName: row.keyName, keyVersion: row.keyVersion ?? '', byName: nameOf(row.actorId) },
    ...{ reason, algorithm, nonce, expected, status: row.status },
    end: outcome.end ?? null,
    agreement: outcome.agreement ?? null,
    refusal: refusalWords(outcome),
    vaultRequestId: outcome.vaultRequestId ?? null,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    token: tokenFacts(params.tokenSha256, token.value),
    policy: policy && applyPolicy(policy, token.value),
    answer: answerIn(outcome),
    record: evidence?.digest ?? outcome.toldByRecord ?? null,
  }
}

function refusalWords({ refusal, skrNumber }: ReleaseOutcome): string | null {
  const numbered = skrNumber ? skrWords(skrNumber) : undefined
  return numbered ? `${numbered} (AKV.SKR.${skrNumber})` : healthWords(refusal ?? null)
}

function answerIn(outcome: ReleaseOutcome): MadeAnswer | null {
  const { answerLength: length, answerSha256: sha256, signedBy = null, wrappedLength, wrappedSha256 } = outcome
  if (length === undefined || sha256 === undefined) return null
  const wrapped =
    wrappedLength !== undefined && wrappedSha256 !== undefined
      ? {
          ...{ length: wrappedLength, sha256: wrappedSha256 },
          ...{ forKey: outcome.wrappedFor ?? '', algorithm: outcome.wrappedBy ?? '' },
        }
      : null
  const verdicts = Object.fromEntries(
    ANSWER_CHECKS.flatMap((check) => (outcome[check] ? [[check, outcome[check]]] : [])),
  )
  return { verdicts, length, sha256, signedBy, wrapped }
}
