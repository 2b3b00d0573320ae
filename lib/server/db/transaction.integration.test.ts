import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { Prisma } from './generated/client'
import { inStatementTransaction } from './statement-transaction'
import type { Statements } from './statements'
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
    inStatementTransaction(database.db, async (tx) => {
      const [row] = await tx.$queryRaw<{ key_name: string }[]>(
        Prisma.sql`SELECT key_name FROM alarm WHERE id = ${id}::uuid`,
      )
      await tx.$queryRaw(
        Prisma.sql`UPDATE alarm SET key_name = ${String(Number(row?.key_name) + 1)} WHERE id = ${id}::uuid`,
      )
    }),
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

const KINDS = {
  'of statements': <T>(work: (tx: Statements) => Promise<T>) => inTransaction(database.db, work),
  'of SQL alone': <T>(work: (tx: Statements) => Promise<T>) => inStatementTransaction(database.db, work),
}

describe.each(Object.entries(KINDS))('a transaction %s', (_, transact) => {
  const insert = (tx: Statements, id: string) =>
    tx.$queryRaw(Prisma.sql`INSERT INTO alarm (id, kind, connection_id, key_name, facts, raised_at)
      VALUES (${id}::uuid, 'key-substituted', ${id}::uuid, 'k', '{}'::jsonb, now())`)
  const isThere = async (id: string) => (await database.db.alarm.count({ where: { id } })) === 1

  it('keeps what it wrote, and nothing when its work throws', async () => {
    const [kept, thrown] = [randomUUID(), randomUUID()]
    await transact((tx) => Promise.resolve(insert(tx, kept)))
    const failing = transact(async (tx) => {
      await insert(tx, thrown)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect([await isThere(kept), await isThere(thrown)]).toEqual([true, false])
  })

  it('is refused inside another', async () => {
    for (const other of Object.values(KINDS))
      await expect(transact(() => other(async () => undefined))).rejects.toThrow('a transaction inside a transaction')
  })

  it('refuses a query beside it', async () => {
    await expect(transact(() => database.db.alarm.count())).rejects.toThrow('inside an open transaction')
  })

  it('tells of a row that exists already', async () => {
    const id = randomUUID()
    await transact((tx) => Promise.resolve(insert(tx, id)))
    const again = await transact((tx) => Promise.resolve(insert(tx, id))).catch((error: unknown) => error)
    expect([isUniqueViolation(again), isConflict(again)]).toEqual([true, false])
    expect(violatedIndex(again)).toBe('alarm_pkey')
  })
})

it('does not take a COMMIT for one after a statement of its failed unseen', async () => {
  const swallowing = inStatementTransaction(database.db, async (tx) => {
    await Promise.resolve(tx.$queryRaw(Prisma.sql`SELECT 1 / 0`)).catch(() => undefined)
  })
  await expect(swallowing).rejects.toThrow('ROLLBACK')
})

it('ends by itself when a statement hangs, and leaves the pool usable', async () => {
  const startedAt = performance.now()
  const hanging = inStatementTransaction(database.db, async (tx) => tx.$queryRaw(Prisma.sql`SELECT pg_sleep(30)`))
  await expect(hanging).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(8_000)
  expect(await inStatementTransaction(database.db, async () => 'usable')).toBe('usable')
})
