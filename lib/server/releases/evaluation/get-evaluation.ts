import 'server-only'
import type { EvaluationDetail, EvidenceView } from '@/lib/domain/releases/history/evaluation-views'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../../context'
import type { ReleaseEvidence } from '../../db/generated/client'
import { namePeople } from '../../people/name-people'
import { requirePermission } from '../../people/require-permission'
import { applyPolicy, tokenFacts } from './apply-policy'
import { evaluateRecord } from './evaluate-record'
import { knownEnvironment } from './known-environment'
import { toMark } from './mark-evaluations'

const MOST_SHOWN = 20

/** Why a row was evaluated as it was; null where nobody has its token. */
export async function getEvaluation(
  ctx: Context,
  actor: Actor,
  record: LogRecordView,
): Promise<EvaluationDetail | null> {
  requirePermission(actor, 'releases.read')
  const { digest } = record
  const [evidence, ...earlier] = await ctx.db.releaseEvidence.findMany({
    where: { digest },
    orderBy: [{ operationId: { sort: 'asc', nulls: 'last' } }, { at: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
  })
  if (!evidence) return null
  const nameOf = await namePeople(
    ctx.db,
    [evidence, ...earlier].map(({ suppliedById }) => suppliedById),
  )
  const { verdict, expected, token, policyThen } = await evaluateRecord(ctx.db, record, evidence)
  const changed = policyThen.known === 'changed-between' ? policyThen : null
  const environment = knownEnvironment(token)
  const isOwn = evidence.operationId !== null
  return {
    ...toMark({
      ...{ verdict, isOwn, changedFrom: changed?.from ?? null, changedTo: changed?.to ?? null },
      ...{ environment, environmentSha256: environment.sha256 },
    }),
    expected,
    evidence: toView(evidence, nameOf),
    earlier: earlier.map((each) => toView(each, nameOf)),
    token: tokenFacts(evidence.tokenSha256, token),
    policy: policyThen.known === 'policy' ? applyPolicy(policyThen.sighting, token) : null,
  }
}

function toView(
  { operationId, suppliedById, at }: ReleaseEvidence,
  nameOf: (id: string | null) => string,
): EvidenceView {
  const when = at.toISOString()
  return operationId === null
    ? { source: 'supplied', byName: nameOf(suppliedById), at: when }
    : { source: 'own', operationId, at: when }
}
