import 'server-only'
import { DUTIES, type DutiesView } from '@/lib/domain/people/duties'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { permit } from '../permit'
import { readDuties } from './read-duties'

const OTHER_TEXT = 'The text has changed since this page was opened. Reload it and read the duties as they are now.'

/** The officer says to have read this very version. Acknowledging again begins the year anew. */
export async function acknowledgeDuties(
  ctx: Context,
  actor: Actor,
  { version }: { version: string },
): Promise<Result<DutiesView, ServiceError>> {
  const permitted = permit(actor, 'duties.acknowledge')
  if (!permitted.ok) return permitted
  if (version !== DUTIES.version) return err({ code: 'conflict', message: OTHER_TEXT })
  await inTransaction(ctx.db, async (tx) => {
    const at = ctx.clock()
    await tx.dutyAcknowledgement.create({ data: { personId: actor.personId, version, acknowledgedAt: at } })
    await appendEvent(tx, { type: 'duties.acknowledged', phase: 'noted', at, actor, details: { version } })
  })
  return ok(await readDuties(ctx, actor))
}
