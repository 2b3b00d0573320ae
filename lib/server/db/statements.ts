import 'server-only'
import { Prisma } from './generated/client'

/**
 * A transaction as far as it takes SQL: Prisma's own (`inTransaction`) or the lighter one (`inStatementTransaction`).
 * What every act writes, intent, event, job and outcome, asks for no more, so that it serves both.
 */
export interface Statements {
  $queryRaw<T>(sql: Prisma.Sql): PromiseLike<T>
  $queryRawUnsafe<T>(text: string, ...values: unknown[]): PromiseLike<T>
}

/** By column: a value, or an expression. JSON goes as text (`asJson`); the column's own type reads it. */
export type Row = Readonly<Record<string, string | number | boolean | Date | null | Prisma.Sql>>

/** `INSERT INTO table (…) VALUES (…)`. Table and columns are this code's own words, the values parameters. */
export function insertInto(table: string, row: Row): Prisma.Sql {
  const columns = Prisma.raw(Object.keys(row).join(', '))
  return Prisma.sql`INSERT INTO ${Prisma.raw(table)} (${columns}) VALUES (${Prisma.join(Object.values(row))})`
}

/** For a jsonb column. */
export function asJson(value: unknown): string {
  return JSON.stringify(value)
}
