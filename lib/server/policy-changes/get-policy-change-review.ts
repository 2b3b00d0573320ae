import 'server-only'
import type { PolicyChangeReview } from '@/lib/domain/releases/policy-change-views'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context } from '../context'
import { namePeople } from '../people/name-people'
import type { LoadedEnableRequest } from '../reviews/load-enable-request'
import { findRequest, readRequestReview } from '../reviews/read-request-review'
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
  const loaded = await findRequest(ctx, actor, id, 'change_policy')
  if (!loaded) return null
  const { before, after } = readFrozenChange(loaded.row)
  const [request, fresh, tests] = await Promise.all([
    readRequestReview(ctx, actor, loaded),
    readNow(ctx, loaded),
    readTests(ctx, loaded),
  ])
  return { ...request, before, after, ...fresh, ...tests }
}

async function readNow(
  ctx: Context,
  { row, connection }: LoadedEnableRequest,
): Promise<Pick<PolicyChangeReview, 'now' | 'nowProblem'>> {
  // Of a decided one nobody asks any more.
  if (row.status !== 'awaiting_review') return { now: null, nowProblem: null }
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
  const { connectionId, keyName, requestedAt, decidedAt } = row
  const [stored, removed] = await Promise.all([
    storedTests(db, row),
    db.policyTest.findMany({
      where: {
        ...{ connectionId, keyName: { equals: keyName, mode: 'insensitive' } },
        // None is removed while a proposal waits; what went after its decision is none of it.
        removedAt: { gt: new Date(requestedAt.getTime() - REMOVED_WITHIN_MS), ...(decidedAt ? { lt: decidedAt } : {}) },
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
