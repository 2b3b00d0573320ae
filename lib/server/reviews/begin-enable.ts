import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ExpectedValue } from '@/lib/domain/reviews/expected-value'
import type { Actor, Context, ServiceError } from '../context'
import { ACTED_ON_MEANWHILE, actsEnded } from '../operations/acts-ended'
import { beginOperation } from '../operations/begin-operation'
import { isCompromised } from '../stop/is-compromised'
import { readStanding, takeDecision } from './approval'
import { inAct } from './in-act'
import type { LoadedImport } from './load-import'
import { noteApproval } from './note-approval'
import { expectedText, isSymmetric } from './read-expected'
import { claimImport, stepImport } from './step-import'

export interface BegunEnable {
  begun: 'enabling'
  operationId: string
  startedAt: Date
  /** Of the intent. */
  deadlineAt: Date
  actBefore: Date
  /** ISO date: the tag `reviewed`. */
  reviewed: string
}

/** What transaction 1 came to. */
export type Begun =
  | BegunEnable
  /** Recorded; others must approve before anything is sent. */
  | { begun: 'recorded'; given: number; required: number }
  /** A check value that another approver of this import gave is not this one: one of them is not the key's. */
  | { begun: 'disagreement' }

/** One PATCH; for a check value two more calls, the last of which begins within the first call's time or not at all. */
const CALLS = { symmetric: 2, asymmetric: 1 } as const

/**
 * Transaction 1: the approval and, where it is the last one needed, intent and status `enabling`; all or nothing, before
 * anything is sent.
 */
export async function beginEnable(
  ctx: Context,
  actor: Actor,
  decision: { loaded: LoadedImport; reason: string; expected: ExpectedValue; endedBefore: number },
): Promise<Result<Begun, ServiceError>> {
  const { loaded, reason, expected, endedBefore } = decision
  const { row, connection, version } = loaded
  const frozenSha256 = row.frozenSha256
  if (frozenSha256 === null) return err({ code: 'not-waiting' })
  const startedAt = ctx.clock()
  const reviewed = startedAt.toISOString().slice(0, 10)
  const about = { connection, keyName: row.keyName, keyVersion: version, importId: row.id }
  const decided = { importId: row.id, importerId: row.importerId }
  const compared = { by: expected.kind, value: expectedText(expected) }
  return inAct<Begun>(ctx, async (tx) => {
    if (!(await claimImport(tx, row))) return err({ code: 'not-waiting' })
    if ((await actsEnded(tx, row)) !== endedBefore) return err(ACTED_ON_MEANWHILE)
    if (await isCompromised(tx, { ...about, connectionId: connection.id })) return err({ code: 'compromised' })
    const deciding = { actor, decided, connectionId: connection.id, askedAt: row.submittedAt, frozenSha256 }
    const read = await readStanding(ctx, tx, deciding)
    if (!read.ok) return read
    const standing = read.value
    if (isSymmetric(row) && standing.others.some(({ comparedValue }) => comparedValue !== compared.value)) {
      return ok({ begun: 'disagreement' })
    }
    const { last } = standing
    const taking = { actor, decided, decision: 'approve', reason, frozenSha256, compared, last } as const
    const approval = await takeDecision(ctx, tx, taking)
    if (!last) {
      await noteApproval(ctx, tx, { actor, about, approval, standing })
      return ok({ begun: 'recorded', given: standing.others.length + 1, required: standing.required })
    }
    const operation = await beginOperation(ctx, tx, {
      ...about,
      id: ctx.newId(),
      kind: 'enable_key',
      actor,
      facts: { reference: row.reference, reviewed, frozenSha256 },
      calls: isSymmetric(row) ? CALLS.symmetric : CALLS.asymmetric,
    })
    await stepImport(tx, { id: row.id, from: 'awaiting_review', to: 'enabling', revision: row.revision })
    await noteApproval(ctx, tx, { actor, about: { ...about, operationId: operation.id }, approval, standing })
    const { id: operationId, deadlineAt } = operation
    return ok({ begun: 'enabling', operationId, startedAt, deadlineAt, actBefore: approval.actBefore, reviewed })
  })
}
