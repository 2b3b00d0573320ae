import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { inTransaction, isConflict } from './transaction'

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

it('refuses a transaction inside a transaction', async () => {
  const nested = inTransaction(database.db, () => inTransaction(database.db, async () => undefined))
  await expect(nested).rejects.toThrow('a transaction inside a transaction')
})
