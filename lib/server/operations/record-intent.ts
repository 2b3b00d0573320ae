import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'

/** Carries a refusal out of the transaction, so that nothing written before it stays. */
class RolledBack<T> extends Error {
  override readonly name = 'RolledBack'
  constructor(readonly refusal: T) {
    super('rolled back')
  }
}

/**
 * The transaction that must commit before a call leaves: check, change, intent. A refusal rolls all of it back.
 * Throws `AuditUnavailable` when the database does not commit within 2 s; the caller must then send nothing.
 */
export async function recordIntent<T>(
  ctx: Pick<Context, 'db'>,
  work: (tx: Transaction) => Promise<Result<T, ServiceError>>,
): Promise<Result<T, ServiceError>> {
  const attempt = inTransaction(ctx.db, async (tx) => {
    const result = await work(tx)
    if (!result.ok) throw new RolledBack(result.error)
    return result
  })
  try {
    return await withinAuditTime(attempt)
  } catch (error) {
    if (error instanceof RolledBack) return err(error.refusal as ServiceError) // thrown three lines above
    // Two acts on one key at the same instant: the partial unique index lets one intent stand.
    if (isUniqueViolation(error)) return err({ code: 'key-busy' })
    throw error
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002'
}
