import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { isConflict, type Transaction } from '../db/transaction'
import { recordIntent } from '../operations/record-intent'

/**
 * Check and change of a decision in one transaction; a refusal leaves nothing behind. Whoever loses the race for the
 * same review to the very end is told so: the database's own rules (one valid decision) speak last.
 */
export async function inAct<T>(
  ctx: Pick<Context, 'db'>,
  work: (tx: Transaction) => Promise<Result<T, ServiceError>>,
): Promise<Result<T, ServiceError>> {
  try {
    return await recordIntent(ctx, work)
  } catch (error) {
    if (isConflict(error)) return err({ code: 'conflict' })
    throw error
  }
}
