import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ApprovalPolicy } from '@/lib/domain/reviews/approval-policy'
import { cannotDecide, type ReviewFacts, refusalOf } from '@/lib/domain/reviews/may-decide'
import type { Actor, ConnectionRow, Context, ServiceError } from '../context'
import type { Import, Person } from '../db/generated/client'
import { findDecider } from './find-decider'
import { policyOf } from './policy-of'

/** An import as a review needs it: with its vault, its importer, and the exact version it made. */
export interface LoadedImport {
  row: Import
  connection: ConnectionRow
  importer: Person
  version: string
  /** The vault's, when it was read. */
  policy: ApprovalPolicy
}

export async function loadImport(db: Context['db'], importId: string): Promise<LoadedImport | null> {
  const found = await db.import.findUnique({ where: { id: importId }, include: { connection: true } })
  if (!found?.keyVersion) return null
  const { connection, ...row } = found
  const importer = await db.person.findUniqueOrThrow({ where: { id: row.importerId } })
  return { row, connection, importer, version: found.keyVersion, policy: policyOf(connection) }
}

export function importReviewFacts(
  row: Pick<Import, 'importerId' | 'status' | 'submittedAt'>,
  policy: ApprovalPolicy,
): ReviewFacts {
  const { importerId, status, submittedAt } = row
  return { importerId, requesterId: null, waiting: status === 'awaiting_review', askedAt: submittedAt, policy }
}

/** What the decider saw: the state of the review that their decision is about. */
export interface SeenReview {
  importId: string
  revision: number
  frozenSha256: string
}

/** The import, if this person may decide it and it still is what they saw. Own imports are told before anything else. */
export async function loadDecidable(
  ctx: Context,
  actor: Actor,
  seen: SeenReview,
): Promise<Result<LoadedImport, ServiceError>> {
  const loaded = await loadImport(ctx.db, seen.importId)
  if (!loaded) return err({ code: 'not-found' })
  const { row } = loaded
  const decider = await findDecider(ctx.db, actor.personId)
  const closed = decider ? cannotDecide(decider, importReviewFacts(row, loaded.policy)) : 'role-missing'
  if (closed) return err(refusalOf(closed))
  if (row.revision !== seen.revision || row.frozenSha256 !== seen.frozenSha256) return err({ code: 'not-waiting' })
  return ok(loaded)
}
