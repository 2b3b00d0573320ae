import 'server-only'
import { ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { permit } from '../permit'

/** Has the logs read at once, in the background: one waiting round is enough for whoever asks. */
export async function askForLogs(ctx: Context, actor: Actor): Promise<Result<{ asked: true }, ServiceError>> {
  const permitted = permit(actor, 'releases.read-logs')
  if (!permitted.ok) return permitted
  await inTransaction(ctx.db, (tx) => ctx.jobs.send(tx, 'read-logs', {}))
  return ok({ asked: true })
}
