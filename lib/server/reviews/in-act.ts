import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { Prisma } from '../db/generated/client'
import { inTransaction, isConflict, type Transaction } from '../db/transaction'

/**
 * Check and change of an act in one Serializable transaction. Whoever loses the race for the same key or review is told
 * so: the database's own rules (one open act per key, one valid approval) speak last.
 */
export async function inAct<T>(
  ctx: Pick<Context, 'db'>,
  work: (tx: Transaction) => Promise<Result<T, ServiceError>>,
): Promise<Result<T, ServiceError>> {
  try {
    return await inTransaction(ctx.db, work)
  } catch (error) {
    if (isUniqueViolation(error)) return err({ code: 'key-busy' })
    if (isConflict(error)) return err({ code: 'conflict' })
    throw error
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
