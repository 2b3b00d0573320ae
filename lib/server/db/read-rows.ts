import 'server-only'
import type { Prisma, PrismaClient } from './generated/client'
import { poolOf } from './pool-of'
import { statementName } from './statement-names'
import { isInsideTransaction } from './transaction'

/**
 * The rows of one reading statement, by the pool that Prisma itself uses: for what is asked with every request, where
 * Prisma's client takes longer than the database does. Values are parameters, the text is prepared once a connection
 * (`statement-names.ts`). Columns come as the driver reads them: timestamptz as Date, jsonb as its value, bigint as text;
 * as with Prisma's own raw queries, the statement's author says what its rows are.
 */
export async function readRows<T>(db: PrismaClient, sql: Prisma.Sql): Promise<T[]> {
  if (isInsideTransaction()) throw new Error('readRows inside an open transaction: use the transaction’s own client')
  const { text, values } = sql
  const { rows } = await poolOf(db).query({ name: statementName(text), text, values })
  return rows as T[] // see above
}
