import 'server-only'
import { cannotDecide } from '@/lib/domain/reviews/may-decide'
import type { RequestReview } from '@/lib/domain/reviews/views'
import type { Actor, Context } from '../context'
import type { RequestedAct } from '../db/generated/client'
import { isUuid } from '../is-uuid'
import { requirePermission } from '../people/require-permission'
import { requestReference } from './enable-reference'
import { findDecider } from './find-decider'
import { type LoadedEnableRequest, loadEnableRequest, reviewFactsOf } from './load-enable-request'
import { readProgress } from './read-progress'

/** The request for whoever may read reviews; null where none of this kind is there. */
export async function findRequest(
  ctx: Context,
  actor: Actor,
  id: string,
  act: RequestedAct,
): Promise<LoadedEnableRequest | null> {
  requirePermission(actor, 'reviews.read')
  const loaded = isUuid(id) ? await loadEnableRequest(ctx.db, id) : null
  return loaded?.row.act === act ? loaded : null
}

/** What every kind of request shows: what was asked, by whom, how far it is, and whether the reader may decide. */
export async function readRequestReview(
  ctx: Context,
  actor: Actor,
  { row, connection, requester, policy }: LoadedEnableRequest,
): Promise<RequestReview> {
  const reviewed = reviewFactsOf(row, policy)
  const { id, keyName, keyVersion, kid, reason, status, revision, frozenSha256 } = row
  const [approvals, decider] = await Promise.all([
    readProgress(ctx, actor, { enableRequestId: id }, { ...reviewed, frozenSha256 }),
    findDecider(ctx.db, actor.personId),
  ])
  return {
    ...{ id, keyName, keyVersion, kid, reason, status, revision, frozenSha256, approvals },
    reference: requestReference(row),
    connectionId: connection.id,
    vaultName: connection.name,
    environment: connection.environment,
    requesterName: requester.name,
    requestedAt: row.requestedAt.toISOString(),
    isOwn: row.requesterId === actor.personId,
    cannotDecide: decider ? (cannotDecide(decider, reviewed) ?? null) : 'role-missing',
  }
}
