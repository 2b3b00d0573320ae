import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { Prisma } from './generated/client'
import { inOneFlight } from './statement-transaction'
import { inTransaction, isConflict, isUniqueViolation, violatedIndex } from './transaction'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.db.alarm.deleteMany()
})
afterAll(() => database.drop())

const row = (id: string) => ({
  id,
  kind: 'key-substituted',
  connectionId: randomUUID(),
  keyName: '0',
  facts: {},
  raisedAt: new Date(),
})

/** Reads a number and writes the next: what a lost update would betray. */
const WAYS = {
  'by statements': async (id: string) =>
    inTransaction(database.db, async (tx) => {
      const { keyName } = await tx.alarm.findUniqueOrThrow({ where: { id } })
      await tx.alarm.update({ where: { id }, data: { keyName: String(Number(keyName) + 1) } })
    }),
  'by raw SQL': async (id: string) =>
    inTransaction(database.db, async (tx) => {
      const { keyName } = await tx.alarm.findUniqueOrThrow({ where: { id } })
      await tx.$executeRaw`UPDATE alarm SET key_name = ${String(Number(keyName) + 1)} WHERE id = ${id}::uuid`
    }),
  'by SQL alone': async (id: string) =>
    inOneFlight(database.db, [
      Prisma.sql`SELECT key_name FROM alarm WHERE id = ${id}::uuid`,
      Prisma.sql`UPDATE alarm SET key_name = (key_name::int + 1)::text WHERE id = ${id}::uuid`,
    ]),
}

it.each(Object.entries(WAYS))('loses no update however many run at once, %s', async (_, increment) => {
  const { id } = await database.db.alarm.create({ data: row(randomUUID()) })
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => increment(id)))
  const done = outcomes.filter(({ status }) => status === 'fulfilled').length
  const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(lost.every(isConflict)).toBe(true) // given up after the last attempt, never half done
  expect(done).toBeGreaterThan(0)
  expect((await database.db.alarm.findUniqueOrThrow({ where: { id } })).keyName).toBe(String(done))
})

const insertAlarm = (id: string) =>
  Prisma.sql`INSERT INTO alarm (id, kind, connection_id, key_name, facts, raised_at)
    VALUES (${id}::uuid, 'key-substituted', ${id}::uuid, 'k', '{}'::jsonb, now())`
const isThere = async (id: string) => (await database.db.alarm.count({ where: { id } })) === 1
const FAILING = Prisma.sql`SELECT 1 / 0`

const KINDS = {
  'of statements': (statements: Prisma.Sql[]) =>
    inTransaction(database.db, async (tx) => {
      for (const statement of statements) await tx.$queryRaw(statement)
    }),
  'of SQL alone': (statements: Prisma.Sql[]) => inOneFlight(database.db, statements),
}

describe.each(Object.entries(KINDS))('a transaction %s', (_, transact) => {
  it('keeps what it wrote, and nothing when a statement fails, whichever it is', async () => {
    const [kept, before, after] = [randomUUID(), randomUUID(), randomUUID()]
    await transact([insertAlarm(kept)])
    await expect(transact([insertAlarm(before), FAILING])).rejects.toThrow('zero')
    await expect(transact([FAILING, insertAlarm(after)])).rejects.toThrow('zero')
    expect(await Promise.all([kept, before, after].map(isThere))).toEqual([true, false, false])
  })

  it('is refused inside another', async () => {
    const inside = inTransaction(database.db, () => transact([]))
    await expect(inside).rejects.toThrow('a transaction inside a transaction')
  })

  it('tells of a row that exists already', async () => {
    const id = randomUUID()
    await transact([insertAlarm(id)])
    const again = await transact([insertAlarm(id)]).catch((error: unknown) => error)
    expect([isUniqueViolation(again), isConflict(again)]).toEqual([true, false])
    expect(violatedIndex(again)).toBe('alarm_pkey')
  })
})

it('refuses a query beside an open transaction', async () => {
  const beside = inTransaction(database.db, () => database.db.alarm.count())
  await expect(beside).rejects.toThrow('inside an open transaction')
})

it('sends a transaction of SQL alone whole before it waits for an answer', async () => {
  const [id, other] = [randomUUID(), randomUUID()]
  // Whatever fails, BEGIN to COMMIT is one write: nothing of it is left open on a connection that goes back to the pool.
  const outcomes = await Promise.allSettled([
    inOneFlight(database.db, [insertAlarm(id), FAILING]),
    inOneFlight(database.db, [insertAlarm(other)]),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  const open = await database.db.$queryRaw`
    SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`
  expect([open, await isThere(id), await isThere(other)]).toEqual([[], false, true])
})

it('ends by itself when a statement hangs, and leaves the pool usable', async () => {
  const [startedAt, id] = [performance.now(), randomUUID()]
  await expect(inOneFlight(database.db, [insertAlarm(id), Prisma.sql`SELECT pg_sleep(30)`])).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(8_000)
  await inOneFlight(database.db, [Prisma.sql`SELECT 'usable'`])
  expect(await isThere(id)).toBe(false)
})
