import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission } from '@/lib/testing/transfer'
import { submitImport } from '../imports/submit-import'
import { sendRefreshes } from './send-refreshes'
import { startWorkers } from './start-workers'

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole({ timeouts: { write: 4_000 } })
})
afterAll(() => testConsole.close())

describe('a console that starts again', () => {
  it('gives every intent that was left open its outcome', async () => {
    const { ctx, actors, connections, database } = testConsole
    const kek = await makeKek(testConsole, connections.vault)
    const names = ['fail-import-503-left', 'hang-import-left']
    for (const name of names) {
      const made = await makeBlob(kek, SHAPES.p256)
      const input = await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 })
      await submitImport(ctx, actors.custodian, input)
    }
    // As after a restart that came late: the deadlines are behind, and the jobs of the intents are lost.
    await ctx.db.operation.updateMany({ where: { status: 'pending' }, data: { deadlineAt: new Date(0) } })
    await ctx.db.$executeRawUnsafe('DELETE FROM pgboss.job')

    const workers = await startWorkers(ctx, database.url)
    const statuses = async () => {
      const rows = await ctx.db.import.findMany({ where: { keyName: { in: names } } })
      return rows.map(({ status, failureCode }) => ({ status, failureCode }))
    }
    const ended = { status: 'failed', failureCode: 'nothing-reached-the-vault' }
    await expect.poll(statuses, { timeout: 30_000 }).toEqual([ended, ended])
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
