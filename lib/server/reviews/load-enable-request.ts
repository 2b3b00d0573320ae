import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ApprovalPolicy } from '@/lib/domain/reviews/approval-policy'
import { cannotDecide, type ReviewFacts, refusalOf } from '@/lib/domain/reviews/may-decide'
import type { DecideRequestInput } from '@/lib/domain/reviews/views'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { EnableRequest, Person, RequestedAct } from '../db/generated/client'
import { findDecider } from './find-decider'
import { policyOf } from './policy-of'

export interface LoadedEnableRequest {
  row: EnableRequest
  connection: ConnectionRow
  requester: Person
  /** The vault's, when it was read. */
  policy: ApprovalPolicy
}

export async function loadEnableRequest(db: Context['db'], id: string): Promise<LoadedEnableRequest | null> {
  const found = await db.enableRequest.findUnique({ where: { id }, include: { connection: true } })
  if (!found) return null
  const { connection, ...row } = found
  const requester = await db.person.findUniqueOrThrow({ where: { id: row.requesterId } })
  return { row, connection, requester, policy: policyOf(connection) }
}

export function reviewFactsOf(
  row: Pick<EnableRequest, 'importerId' | 'requesterId' | 'status' | 'requestedAt'>,
  policy: ApprovalPolicy,
): ReviewFacts {
  const { importerId, requesterId, status, requestedAt } = row
  return { importerId, requesterId, waiting: status === 'awaiting_review', askedAt: requestedAt, policy }
}

/**
 * The request, if this person may decide it and it still is what they saw.
 * @param act What it must ask for; left out where nothing follows from it at the vault.
 */
export async function loadDecidableEnable(
  ctx: Context,
  actor: Actor,
  seen: Omit<DecideRequestInput, 'reason'>,
  act?: RequestedAct,
): Promise<Result<LoadedEnableRequest, ServiceError>> {
  const loaded = await loadEnableRequest(ctx.db, seen.enableRequestId)
  if (!loaded || (act && loaded.row.act !== act)) return err({ code: 'not-found' })
  const decider = await findDecider(ctx.db, actor.personId)
  const closed = decider ? cannotDecide(decider, reviewFactsOf(loaded.row, loaded.policy)) : 'role-missing'
  if (closed) return err(refusalOf(closed))
  const { revision, frozenSha256 } = loaded.row
  if (revision !== seen.revision || frozenSha256 !== seen.frozenSha256) return err({ code: 'not-waiting' })
  return ok(loaded)
}
