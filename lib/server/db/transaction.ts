import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import type { Prisma, PrismaClient } from './generated/client'

/** The client inside an open transaction. Never use `ctx.db` there: it reads another snapshot. */
export type Transaction = Prisma.TransactionClient

const ATTEMPTS = 6
const open = new AsyncLocalStorage<true>()

/** True inside `inTransaction`: the guard in `lib/server/db/client.ts` and provider calls refuse then. */
export function isInsideTransaction(): boolean {
  return open.getStore() === true
}

/**
 * Runs check and change in one Serializable transaction, repeated when it lost a conflict.
 * `work` may run several times: no effects beside the database. Never catch a database error inside it and go on:
 * its COMMIT would be a silent rollback.
 */
export async function inTransaction<T>(db: PrismaClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (isInsideTransaction()) throw new Error('a transaction inside a transaction')
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open.run(true, () =>
        db.$transaction(work, { isolationLevel: 'Serializable', maxWait: 2_000, timeout: 5_000 }),
      )
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
      await pause(attempt)
    }
  }
}

/**
 * The three faces of a lost conflict: P2034 in a statement; the adapter's own error at COMMIT; and P2010 with the
 * adapter's error within, when it was lost in a raw query (a job's INSERT).
 */
export function isConflict(error: unknown): boolean {
  const { code, meta } = conflictSchema.safeParse(error).data ?? {}
  if (code === 'P2034') return true
  return isWriteConflict(error) || (code === 'P2010' && isWriteConflict(meta?.driverAdapterError))
}

const conflictSchema = z.object({
  code: z.string().optional(),
  meta: z.object({ driverAdapterError: z.unknown() }).partial().optional(),
})

function isWriteConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('cause' in error)) return false
  const { cause } = error
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'TransactionWriteConflict'
}

function pause(attempt: number): Promise<void> {
  const ms = 2 ** attempt * 5 * (0.5 + Math.random())
  return new Promise((resolve) => setTimeout(resolve, ms))
}
