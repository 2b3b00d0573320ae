import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { ACTED_ON_MEANWHILE, actsEnded } from '../operations/acts-ended'
import { beginOperation } from '../operations/begin-operation'
import { readStanding, takeDecision } from './approval'
import { claimRequest } from './claim-request'
import { inAct } from './in-act'
import type { LoadedEnableRequest } from './load-enable-request'
import { noteApproval } from './note-approval'
import type { RequestedWork } from './requested-work'

export interface RequestedDecision {
  actor: Actor
  loaded: LoadedEnableRequest
  reason: string
  work: RequestedWork
  /** Acts on the key that had ended when the vault was asked. */
  endedBefore: number
}

/** What transaction 1 came to: the act follows, before that instant; or others must approve first. */
export type BegunRequested =
  | { operationId: string; deadlineAt: Date; actBefore: Date }
  | { given: number; required: number }

/** Transaction 1 of a request: the approval and, after the last one needed, intent and status `enabling`; all or nothing. */
export async function beginRequested(
  ctx: Context,
  decision: RequestedDecision,
): Promise<Result<BegunRequested, ServiceError>> {
  const { actor, loaded, reason, work, endedBefore } = decision
  const { row, connection } = loaded
  const { frozenSha256 } = row
  return inAct<BegunRequested>(ctx, async (tx) => {
    if (!(await claimRequest(tx, row))) return err({ code: 'not-waiting' })
    if ((await actsEnded(tx, row)) !== endedBefore) return err(ACTED_ON_MEANWHILE)
    const barred = await work.barredBecause(tx, row)
    if (barred) return err(barred)
    const about = { connection, keyName: row.keyName, keyVersion: row.keyVersion, enableRequestId: row.id }
    const decided = { enableRequestId: row.id, requesterId: row.requesterId, importerId: row.importerId }
    const deciding = { actor, decided, connectionId: connection.id, askedAt: row.requestedAt, frozenSha256 }
    const read = await readStanding(ctx, tx, deciding)
    if (!read.ok) return read
    const standing = read.value
    const { last } = standing
    const approval = await takeDecision(ctx, tx, { actor, decided, decision: 'approve', reason, frozenSha256, last })
    const noted = { actor, approval, standing, asks: row.act }
    if (!last) {
      await noteApproval(ctx, tx, { ...noted, about })
      return ok({ given: standing.others.length + 1, required: standing.required })
    }
    const facts = { frozenSha256, ...work.facts(row) }
    const operation = await beginOperation(ctx, tx, { ...about, id: ctx.newId(), kind: work.kind, actor, facts })
    await tx.enableRequest.update({ where: { id: row.id }, data: { status: 'enabling', revision: { increment: 1 } } })
    await noteApproval(ctx, tx, { ...noted, about: { ...about, operationId: operation.id } })
    const { id: operationId, deadlineAt } = operation
    return ok({ operationId, deadlineAt, actBefore: approval.actBefore })
  })
}
