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
export function inTransaction<T>(db: PrismaClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return serialised(() => db.$transaction(work, { isolationLevel: 'Serializable', ...TRANSACTION_PATIENCE }))
}

/** Milliseconds: for a connection, and for all of it. */
export const TRANSACTION_PATIENCE = { maxWait: 2_000, timeout: 5_000 } as const

/** What both kinds of transaction have in common: never one in another, and again when a conflict was lost. */
export async function serialised<T>(transact: () => Promise<T>): Promise<T> {
  if (isInsideTransaction()) throw new Error('a transaction inside a transaction')
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open.run(true, transact)
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
      await pause(attempt)
    }
  }
}

/**
 * The faces of a lost conflict: P2034 in a statement of Prisma's; the adapter's own error at COMMIT; P2010 with the
 * adapter's error within, when it was lost in a raw query; and PostgreSQL's own codes where no Prisma is between.
 */
export function isConflict(error: unknown): boolean {
  return hasFace(error, { prisma: 'P2034', adapter: 'TransactionWriteConflict', postgres: ['40001', '40P01'] })
}

/** A row that exists already: the same faces. */
export function isUniqueViolation(error: unknown): boolean {
  return hasFace(error, { prisma: 'P2002', adapter: 'UniqueConstraintViolation', postgres: ['23505'] })
}

/**
 * The unique index that refused a row, by its name: PostgreSQL's own word, or the adapter's, wherever Prisma put it.
 * `undefined` for every other error, and where nobody named it.
 */
export function violatedIndex(error: unknown): string | undefined {
  if (!isUniqueViolation(error)) return undefined
  const { constraint, cause, meta } = errorSchema.safeParse(error).data ?? {}
  return constraint ?? cause?.constraint?.index ?? meta?.driverAdapterError?.cause?.constraint?.index
}

/**
 * A row of that table lacks that column. PostgreSQL names both in fields of their own; the adapter keeps its sentence only,
 * in the server's language, where they stand as words.
 */
export function lacks(error: unknown, { table, column }: { table: string; column: string }): boolean {
  if (!hasFace(error, { prisma: 'P2011', adapter: 'NullConstraintViolation', postgres: ['23502'] })) return false
  const { cause, meta, ...own } = errorSchema.safeParse(error).data ?? {}
  if (own.table !== undefined) return own.table === table && own.column === column
  const sentence = cause?.originalMessage ?? meta?.driverAdapterError?.cause?.originalMessage ?? ''
  return [table, column].every((word) => new RegExp(`\\b${word}\\b`).test(sentence))
}

interface Faces {
  prisma: string
  adapter: string
  postgres: readonly string[]
}

function hasFace(error: unknown, { prisma, adapter, postgres }: Faces): boolean {
  const { code, cause, meta } = errorSchema.safeParse(error).data ?? {}
  if (code === prisma || (code !== undefined && postgres.includes(code))) return true
  return cause?.kind === adapter || (code === 'P2010' && meta?.driverAdapterError?.cause?.kind === adapter)
}

const adapterConstraint = z.object({ index: z.string() }).partial().optional().catch(undefined)
const adapterCause = z
  .object({ kind: z.string(), constraint: adapterConstraint, originalMessage: z.string() })
  .partial()
  .optional()
  .catch(undefined)
const errorSchema = z.object({
  code: z.string().optional().catch(undefined),
  constraint: z.string().optional().catch(undefined),
  table: z.string().optional().catch(undefined),
  column: z.string().optional().catch(undefined),
  cause: adapterCause,
  meta: z
    .object({ driverAdapterError: z.object({ cause: adapterCause }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

function pause(attempt: number): Promise<void> {
  const ms = 2 ** attempt * 5 * (0.5 + Math.random())
  return new Promise((resolve) => setTimeout(resolve, ms))
}
