import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { Prisma } from './generated/client'
import { readRows } from './read-rows'
import { inTransaction } from './transaction'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('reads what the statement’s author says, the first time and once it is prepared', async () => {
  const at = new Date('2026-11-22T10:00:00.123Z')
  for (let time = 0; time < 12; time += 1) {
    const statement = Prisma.sql`
      SELECT ${at}::timestamptz AS at, ${'; DROP TABLE person --'}::text AS words, ${time}::int AS time,
             ${['a', 'b']}::text[] AS list, '{"a":1}'::json AS json, NULL AS nothing`
    expect(await readRows(database.db, statement)).toEqual([
      { at, words: '; DROP TABLE person --', time, list: ['a', 'b'], json: { a: 1 }, nothing: null },
    ])
  }
})

it('tells each caller of their own, however many ask at once and whoever fails', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) =>
      readRows<{ n: number }>(database.db, Prisma.sql`SELECT 60 / ${n % 7}::int AS n`),
    ),
  )
  answers.forEach((answer, n) => {
    if (n % 7 === 0) expect(answer).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
    else expect(answer).toEqual({ status: 'fulfilled', value: [{ n: Math.trunc(60 / (n % 7)) }] })
  })
})

it('is refused while a transaction of the same call is open', async () => {
  const within = inTransaction(database.db, () => readRows(database.db, Prisma.sql`SELECT 1`))
  await expect(within).rejects.toThrow('inside an open transaction')
})
