import 'server-only'
import { cannotDecide } from '@/lib/domain/reviews/may-decide'
import type { EnableReview, FactRow } from '@/lib/domain/reviews/views'
import { vaultProblem } from '../connections/vault-problem'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { requestReference } from './enable-reference'
import { enableFactRows } from './fact-rows'
import { findDecider } from './find-decider'
import { type LoadedEnableRequest, loadEnableRequest, reviewFactsOf } from './load-enable-request'
import { readProgress } from './read-progress'
import { buildEnableRequest, readFrozenEnable } from './rebuild-request'

/** A page does not wait longer than this for a vault. */
const FRESH_WITHIN_MS = 5_000

export async function getEnableReview(ctx: Context, actor: Actor, id: string): Promise<EnableReview | null> {
  requirePermission(actor, 'reviews.read')
  const loaded = await loadEnableRequest(ctx.db, id)
  if (loaded?.row.act !== 'enable') return null
  const { row, connection, requester } = loaded
  const reviewed = reviewFactsOf(row, loaded.policy)
  const { frozenSha256 } = row
  const [fresh, approvals, decider] = await Promise.all([
    readFacts(ctx, loaded),
    readProgress(ctx, actor, { enableRequestId: row.id }, { ...reviewed, frozenSha256 }),
    findDecider(ctx.db, actor.personId),
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
    frozenSha256,
    ...fresh,
    cannotDecide: decider ? (cannotDecide(decider, reviewed) ?? null) : 'role-missing',
    approvals,
  }
}

async function readFacts(
  ctx: Context,
  { row, connection, requester }: LoadedEnableRequest,
): Promise<{ facts: FactRow[] | null; factsProblem: string | null }> {
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    const { value: key } = await ctx.provider(connection).getKey(row.keyName, row.keyVersion, { signal })
    const now = buildEnableRequest(row.id, requester, connection, key)
    return { facts: enableFactRows(readFrozenEnable(row), now), factsProblem: null }
  } catch (error) {
    return { facts: null, factsProblem: vaultProblem(error).message ?? 'The vault could not be read.' }
  }
}
