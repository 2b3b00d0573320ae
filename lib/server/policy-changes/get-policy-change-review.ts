import 'server-only'
import type { PolicyChangeReview } from '@/lib/domain/releases/policy-change-views'
import { cannotDecide } from '@/lib/domain/reviews/may-decide'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context } from '../context'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { requestReference } from '../reviews/enable-reference'
import { findDecider } from '../reviews/find-decider'
import { type LoadedEnableRequest, loadEnableRequest, reviewFactsOf } from '../reviews/load-enable-request'
import { readProgress } from '../reviews/read-progress'
import { heldNow, readFrozenChange } from './held-policy'
import { storedTests, toPolicyTest, toTestView } from './policy-tests'

/** A page does not wait longer than this for a vault. */
const FRESH_WITHIN_MS = 5_000
/** Tests that were removed so long before the proposal are shown to whoever decides. */
const REMOVED_WITHIN_MS = 30 * 86_400_000

export async function getPolicyChangeReview(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<PolicyChangeReview | null> {
  requirePermission(actor, 'reviews.read')
  const loaded = await loadEnableRequest(ctx.db, id)
  if (loaded?.row.act !== 'change_policy') return null
  const { row, connection, requester } = loaded
  const reviewed = reviewFactsOf(row, loaded.policy)
  const frozen = readFrozenChange(row)
  const [fresh, approvals, decider, tests] = await Promise.all([
    readNow(ctx, loaded),
    readProgress(ctx, actor, { enableRequestId: row.id }, { ...reviewed, frozenSha256: row.frozenSha256 }),
    findDecider(ctx.db, actor.personId),
    readTests(ctx, loaded),
  ])
  return {
    id: row.id,
    reference: requestReference(row),
    keyName: row.keyName,
    keyVersion: row.keyVersion,
    kid: row.kid,
    connectionId: connection.id,
    vaultName: connection.name,
    environment: connection.environment,
    requesterName: requester.name,
    requestedAt: row.requestedAt.toISOString(),
    reason: row.reason,
    status: row.status,
    revision: row.revision,
    frozenSha256: row.frozenSha256,
    before: frozen.before,
    after: frozen.after,
    ...fresh,
    ...tests,
    cannotDecide: decider ? (cannotDecide(decider, reviewed) ?? null) : 'role-missing',
    approvals,
  }
}

async function readNow(
  ctx: Context,
  { row, connection }: LoadedEnableRequest,
): Promise<Pick<PolicyChangeReview, 'now' | 'nowProblem'>> {
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, undefined, { signal })
    return { now: heldNow(readFrozenChange(row), key), nowProblem: null }
  } catch (error) {
    return { now: null, nowProblem: vaultProblem(error).message ?? 'The vault could not be read.' }
  }
}

async function readTests(
  { db }: Context,
  { row }: LoadedEnableRequest,
): Promise<Pick<PolicyChangeReview, 'tests' | 'removedTests'>> {
  const { connectionId, keyName, requestedAt } = row
  const [stored, removed] = await Promise.all([
    storedTests(db, row),
    db.policyTest.findMany({
      where: {
        ...{ connectionId, keyName: { equals: keyName, mode: 'insensitive' } },
        removedAt: { gt: new Date(requestedAt.getTime() - REMOVED_WITHIN_MS) },
      },
      orderBy: { removedAt: 'desc' },
    }),
  ])
  const nameOf = await namePeople(
    db,
    [...stored, ...removed].flatMap((one) => [one.addedById, one.removedById]),
  )
  return {
    tests: stored.map((one) => toTestView(one, nameOf)),
    removedTests: removed.map((one) => ({
      name: one.name,
      expected: toPolicyTest(one).expected,
      removedByName: one.removedById ? nameOf(one.removedById) : '',
      removedAt: one.removedAt?.toISOString() ?? '',
    })),
  }
}
