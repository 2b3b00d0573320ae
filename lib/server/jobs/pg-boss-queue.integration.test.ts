import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { installJobStore } from '../db/migrate-jobs'
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

describe('a round over a vault', () => {
  const ask = (connectionId: string) =>
    inTransaction(testConsole.ctx.db, (tx) => testConsole.ctx.jobs.send(tx, 'refresh-connection', { connectionId }))
  const states = async (connectionId: string) => {
    const sql = `SELECT state FROM pgboss.job WHERE data->>'connectionId' = $1 ORDER BY state`
    return (await other.query(sql, [connectionId])).rows.map(({ state }) => state)
  }

  // The queue's policy was `standard`, for which pg-boss keeps the key and minds nothing: each console added its own.
  it('waits once, however many ask for it, and again once it is under way', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    await Promise.all([first, first, first, second, first].map(ask))
    expect([await states(first), await states(second)]).toEqual([['created'], ['created']])
    await other.query(`UPDATE pgboss.job SET state = 'active' WHERE data->>'connectionId' = $1`, [first])
    await Promise.all([first, first].map(ask))
    expect(await states(first)).toEqual(['created', 'active'])
  })

  it('waits once in an installation that is older than this rule, too', async () => {
    const owner = new pg.Client({ connectionString: testConsole.database.ownerUrl })
    await owner.connect()
    await owner.query(`UPDATE pgboss.queue SET policy = 'standard'`)
    const id = randomUUID()
    await ask(id)
    await installJobStore(owner, testConsole.database.ownerUrl)
    await owner.end()
    await Promise.all([id, id, id].map(ask))
    expect((await states(id)).length).toBe(2) // the one from before, and one
    await other.query(`UPDATE pgboss.job SET state = 'completed' WHERE data->>'connectionId' = $1`, [id])
    await Promise.all([id, id, id].map(ask))
    expect(await states(id)).toEqual(['created', 'completed', 'completed'])
  })
})

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
