import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { isConflict, type Transaction } from '../db/transaction'
import { recordIntent } from '../operations/record-intent'

const ATTEMPTS = 4

/**
 * Check and change of a decision in one transaction; a refusal leaves nothing behind. Whoever loses the race for the
 * same review to the very end is told so: the database's own rules (one valid decision) speak last.
 */
export async function inAct<T>(
  ctx: Pick<Context, 'db'>,
  work: (tx: Transaction) => Promise<Result<T, ServiceError>>,
): Promise<Result<T, ServiceError>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await recordIntent(ctx, work)
    } catch (error) {
      if (isRawConflict(error) && attempt < ATTEMPTS) continue
      if (isConflict(error) || isRawConflict(error)) return err({ code: 'conflict' })
      throw error
    }
  }
}

/** A conflict lost inside a raw query (the job's INSERT) has a face of its own: P2010, the adapter's error within. */
function isRawConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'P2010') return false
  return 'message' in error && typeof error.message === 'string' && error.message.includes('40001')
}
