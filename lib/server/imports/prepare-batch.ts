import 'server-only'
import type { PreparedBatch, PreparedImport } from '@/lib/domain/imports/views'
import { STEP_UP_METHODS } from '@/lib/domain/people/step-up'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvents } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { Prisma } from '../db/generated/client'
import { insertAllInto, type Row } from '../db/statements'
import { inTransaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { paramsDigest } from '../idempotency/params-digest'
import { permit } from '../permit'

/** The acts as their own doors name them: a proof is bound to these names. */
export const BATCH_ACTIONS = { prepare: 'imports.prepare-batch', submit: 'imports.submit' } as const

/**
 * One proof for several imports, and for these alone: what it was given for names each file by its SHA-256 and each
 * target whole, so that it is carried over to exactly those submissions, for as long as it lasts itself.
 */
export function prepareBatch(
  ctx: Context,
  actor: Actor,
  input: { imports: PreparedImport[] },
): Promise<Result<PreparedBatch, ServiceError>> {
  return withinAuditTime(carryOver(ctx, actor, input))
}

async function carryOver(
  ctx: Context,
  actor: Actor,
  input: { imports: PreparedImport[] },
): Promise<Result<PreparedBatch, ServiceError>> {
  const permitted = permit(actor, 'imports.create')
  if (!permitted.ok) return permitted
  const { sessionId } = actor
  const paramsSha256 = paramsDigest(input)
  // A file stands in a submission's digest by its length and SHA-256: exactly what stands here in its place.
  const digests = [...new Set(input.imports.map(paramsDigest))]
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock()
    const proof = await tx.stepUp.findFirst({
      where: {
        sessionId,
        action: BATCH_ACTIONS.prepare,
        paramsSha256,
        passedAt: { not: null },
        expiresAt: { gt: now },
      },
    })
    const { passedAt, expiresAt } = proof ?? {}
    const method = STEP_UP_METHODS.find((known) => known === proof?.method)
    if (!passedAt || !expiresAt || !method) return err({ code: 'step-up-refused' })
    const passed = { method, passedAt, expiresAt }
    await tx.$queryRaw(carriedOver(digests.map((digest) => rowOf(ctx.newId(), sessionId, digest, now, passed))))
    const details = { action: BATCH_ACTIONS.submit, method }
    const event = { type: 'step-up.passed', phase: 'noted', at: now, actor, details } as const
    await appendEvents(
      tx,
      digests.map(() => event),
    )
    return ok({ expiresAt: expiresAt.toISOString() })
  })
}

type Passed = { method: string; passedAt: Date; expiresAt: Date }

const rowOf = (id: string, sessionId: string, digest: string, askedAt: Date, passed: Passed): Row => ({
  id: Prisma.sql`${id}::uuid`,
  session_id: Prisma.sql`${sessionId}::uuid`,
  action: BATCH_ACTIONS.submit,
  params_sha256: digest,
  asked_at: askedAt,
  method: passed.method,
  passed_at: passed.passedAt,
  expires_at: passed.expiresAt,
})

/** One statement, however many they are. A proof that was asked for singly is answered by this one. */
const carriedOver = (rows: readonly Row[]) => Prisma.sql`${insertAllInto('step_up', rows)}
  ON CONFLICT (session_id, action, params_sha256) DO UPDATE SET
    method = EXCLUDED.method, passed_at = EXCLUDED.passed_at, expires_at = EXCLUDED.expires_at, challenge = NULL`
