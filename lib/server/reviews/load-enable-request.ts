import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { cannotDecide, type ReviewFacts } from '@/lib/domain/reviews/may-decide'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { EnableRequest, Person } from '../db/generated/client'

export interface LoadedEnableRequest {
  row: EnableRequest
  connection: ConnectionRow
  requester: Person
}

export async function loadEnableRequest(db: Context['db'], id: string): Promise<LoadedEnableRequest | null> {
  const found = await db.enableRequest.findUnique({ where: { id }, include: { connection: true } })
  if (!found) return null
  const { connection, ...row } = found
  const requester = await db.person.findUniqueOrThrow({ where: { id: row.requesterId } })
  return { row, connection, requester }
}

export function reviewFactsOf(row: EnableRequest): ReviewFacts {
  return { importerId: row.importerId, requesterId: row.requesterId, waiting: row.status === 'awaiting_review' }
}

export interface DecideEnableInput {
  enableRequestId: string
  revision: number
  frozenSha256: string
  reason: string
}

/** The request, if this person may decide it and it still is what they saw. */
export async function loadDecidableEnable(
  ctx: Context,
  actor: Actor,
  seen: Omit<DecideEnableInput, 'reason'>,
): Promise<Result<LoadedEnableRequest, ServiceError>> {
  const loaded = await loadEnableRequest(ctx.db, seen.enableRequestId)
  if (!loaded) return err({ code: 'not-found' })
  const closed = cannotDecide({ id: actor.personId, roles: actor.roles }, reviewFactsOf(loaded.row))
  if (closed) return err({ code: closed === 'role-missing' ? 'not-permitted' : closed })
  const { revision, frozenSha256 } = loaded.row
  if (revision !== seen.revision || frozenSha256 !== seen.frozenSha256) return err({ code: 'not-waiting' })
  return ok(loaded)
}
