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

/** The same for several rows, which have the same columns in the same order; at least one. */
export function insertAllInto(table: string, rows: readonly Row[]): Prisma.Sql {
  const columns = Prisma.raw(Object.keys(rows[0] ?? {}).join(', '))
  const values = rows.map((row) => Prisma.sql`(${Prisma.join(Object.values(row))})`)
  return Prisma.sql`INSERT INTO ${Prisma.raw(table)} (${columns}) VALUES ${Prisma.join(values)}`
}

/** For a jsonb column. */
export function asJson(value: unknown): string {
  return JSON.stringify(value)
}
