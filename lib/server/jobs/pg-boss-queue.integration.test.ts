import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { inTransaction } from '../db/transaction'

let testConsole: TestConsole
let other: pg.Client

beforeAll(async () => {
  testConsole = await createTestConsole()
  other = new pg.Client({ connectionString: testConsole.database.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await testConsole.close()
})

async function jobsSeen(operationId: string): Promise<number> {
  const { rowCount } = await other.query(`SELECT 1 FROM pgboss.job WHERE data->>'operationId' = $1`, [operationId])
  return rowCount ?? 0
}

describe('a job sent inside a transaction', () => {
  it('is seen by others only after the commit', async () => {
    const { ctx } = testConsole
    const operationId = ctx.newId()
    const seenBefore = await inTransaction(ctx.db, async (tx) => {
      await ctx.jobs.send(tx, 'reconcile-operation', { operationId })
      return jobsSeen(operationId)
    })
    expect({ seenBefore, seenAfter: await jobsSeen(operationId) }).toEqual({ seenBefore: 0, seenAfter: 1 })
  })

  it('is rolled back with it', async () => {
    const { ctx } = testConsole
    const operationId = ctx.newId()
    const failing = inTransaction(ctx.db, async (tx) => {
      await ctx.jobs.send(tx, 'reconcile-operation', { operationId })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await jobsSeen(operationId)).toBe(0)
  })

  it('waits for the time it was given', async () => {
    const { ctx } = testConsole
    const operationId = ctx.newId()
    const startAfter = new Date('2031-01-02T03:04:05Z')
    await inTransaction(ctx.db, (tx) => ctx.jobs.send(tx, 'reconcile-operation', { operationId }, { startAfter }))
    const { rows } = await other.query(`SELECT start_after, state FROM pgboss.job WHERE data->>'operationId' = $1`, [
      operationId,
    ])
    expect(rows).toEqual([{ start_after: startAfter, state: 'created' }])
  })
})
