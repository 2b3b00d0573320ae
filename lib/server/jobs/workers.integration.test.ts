import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { inTransaction } from '../db/transaction'
import { submitImport } from '../imports/submit-import'
import { reconcileAndAskAgain } from '../operations/reconcile-and-ask-again'
import { sendDueOperations } from '../operations/send-open-operations'
import { sendRefreshes } from './send-refreshes'
import { startWorkers } from './start-workers'

let testConsole: TestConsole
let kek: TestKek

beforeAll(async () => {
  testConsole = await createTestConsole({ timeouts: { write: 8_000 } })
  kek = await makeKek(testConsole, testConsole.connections.vault)
})
afterAll(() => testConsole.close())

/** An import whose intent is open, its deadline long behind. */
async function leaveOpen(name: string): Promise<string> {
  const { ctx, actors, connections } = testConsole
  const made = await makeBlob(kek, SHAPES.p256)
  const input = await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 })
  await submitImport(ctx, actors.custodian, input)
  const { id } = await ctx.db.operation.findFirstOrThrow({ where: { keyName: name } })
  await ctx.db.operation.update({ where: { id }, data: { deadlineAt: new Date(0) } })
  return id
}

async function statusOf(id: string): Promise<string> {
  return (await testConsole.ctx.db.operation.findUniqueOrThrow({ where: { id } })).status
}

function jobsOf(operationId: string): Promise<{ state: string; start_after: Date }[]> {
  return testConsole.ctx.db.$queryRaw`
    SELECT state, start_after FROM pgboss.job WHERE data ->> 'operationId' = ${operationId} ORDER BY created_on`
}

describe('a console that starts again', () => {
  it('gives every intent that was left open its outcome', async () => {
    const { ctx, actors, connections, database } = testConsole
    const names = ['fail-import-503-left', 'hang-import-left']
    for (const name of names) {
      const made = await makeBlob(kek, SHAPES.p256)
      const input = await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 })
      await submitImport(ctx, actors.custodian, input)
    }
    // As after a restart that came late: the deadlines are behind.
    await ctx.db.operation.updateMany({ where: { status: 'pending' }, data: { deadlineAt: new Date(0) } })

    const workers = await startWorkers(ctx, database.url)
    const statuses = async () => {
      const rows = await ctx.db.import.findMany({ where: { keyName: { in: names } } })
      return rows.map(({ status, failureCode }) => ({ status, failureCode }))
    }
    const ended = { status: 'failed', failureCode: 'nothing-reached-the-vault' }
    await expect.poll(statuses, { timeout: 30_000 }).toEqual([ended, ended])
    await workers.stop()
  })

  // One job every two seconds was too slow: what a crash left open waited behind them all.
  it('reaches an open intent behind a thousand that have ended', async () => {
    const { ctx, database } = testConsole
    const left = await leaveOpen('fail-import-503-behind')
    await ctx.db.$executeRawUnsafe(`INSERT INTO pgboss.job (name, data, start_after)
      SELECT 'reconcile-operation', jsonb_build_object('operationId', gen_random_uuid()), now() - interval '1 minute'
        FROM generate_series(1, 1000)`)
    await inTransaction(ctx.db, (tx) => ctx.jobs.send(tx, 'reconcile-operation', { operationId: left }))
    const workers = await startWorkers(ctx, database.url)
    await expect.poll(() => statusOf(left), { timeout: 30_000 }).toBe('failed')
    await workers.stop()
  })

  it('asks about an intent whose runner is gone as soon as its deadline comes, once for all consoles', async () => {
    const { ctx } = testConsole
    const left = await leaveOpen('fail-import-503-due')
    const later = (ms: number) => ctx.db.operation.update({ where: { id: left }, data: { deadlineAt: fromNow(ms) } })
    const fromNow = (ms: number) => new Date(ctx.clock().getTime() + ms)
    await later(60_000)
    await sendDueOperations(ctx)
    expect(await jobsOf(left), 'its runner may still be at it').toEqual([])
    const { deadlineAt } = await later(3_000)
    await Promise.all([1, 2, 3, 4].map(() => sendDueOperations(ctx)))
    expect(await jobsOf(left)).toEqual([{ state: 'created', start_after: deadlineAt }])
  })

  it('asks again about an intent whose job died with another console', async () => {
    const { ctx } = testConsole
    const left = await leaveOpen('fail-import-503-forgotten')
    await sendDueOperations(ctx)
    await ctx.db.$executeRaw`
      UPDATE pgboss.job SET state = 'active', started_on = now() WHERE data ->> 'operationId' = ${left}`
    await sendDueOperations(ctx)
    expect(await jobsOf(left), 'whoever is just being asked about is not forgotten').toMatchObject([
      { state: 'active' },
    ])
    await ctx.db.$executeRaw`
      UPDATE pgboss.job SET started_on = now() - interval '1 minute' WHERE data ->> 'operationId' = ${left}`
    await sendDueOperations(ctx)
    await sendDueOperations(ctx)
    expect(await jobsOf(left)).toMatchObject([{ state: 'active' }, { state: 'created' }])
  })

  it('asks on by one job, however many consoles have sent one', async () => {
    const { ctx } = testConsole
    const left = await leaveOpen('hang-import-asked-twice')
    await ctx.db.operation.update({
      where: { id: left },
      data: { deadlineAt: new Date(ctx.clock().getTime() + 60_000) },
    })
    await reconcileAndAskAgain(ctx, left)
    await reconcileAndAskAgain(ctx, left)
    expect(await jobsOf(left)).toMatchObject([{ state: 'created' }])
    await ctx.db.operation.update({ where: { id: left }, data: { deadlineAt: new Date(0) } })
  })

  it('gives all others their outcome beside one whose record nobody can read, and people are told of that one', async () => {
    const { ctx, database } = testConsole
    const [poisoned, left] = [await leaveOpen('fail-import-503-poisoned'), await leaveOpen('fail-import-503-beside')]
    await ctx.db.operation.update({ where: { id: poisoned }, data: { params: { origin: 'nobody knows' } } })
    await sendDueOperations(ctx)
    const workers = await startWorkers(ctx, database.url)
    await expect.poll(() => statusOf(left), { timeout: 30_000 }).toBe('failed')
    await expect.poll(() => statusOf(poisoned), { timeout: 30_000 }).toBe('indeterminate')
    await workers.stop()
  })

  it('keeps the inventory of every vault fresh', async () => {
    const { ctx, connections, database } = testConsole
    const input = { name: 'seen-by-job', bits: 2048 as const, expiresAt: null, tags: {} }
    await ctx.provider(connections.hsm).createKek(input)
    await sendRefreshes(ctx)
    await sendRefreshes(ctx)
    const workers = await startWorkers(ctx, database.url)
    const seen = () => ctx.db.keyRecord.count({ where: { name: 'seen-by-job', connectionId: connections.hsm.id } })
    await expect.poll(seen, { timeout: 30_000 }).toBe(1)
    await workers.stop()
  })
})
