import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { Prisma } from '../db/generated/client'
import { inTransaction } from '../db/transaction'
import { beginOperation, intentStatement, type NewOperation } from './begin-operation'
import { recordIntent, recordIntentBySql } from './record-intent'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

/** Each records one intent, or one statement beside any. */
const WAYS = {
  'by Prisma': {
    intent: (intent: NewOperation) =>
      recordIntent(console_.ctx, async (tx) => ok(await beginOperation(console_.ctx, tx, intent))),
    statement: (sql: Prisma.Sql) => recordIntent(console_.ctx, async (tx) => ok(await tx.$queryRaw(sql))),
  },
  'by SQL alone': {
    intent: (intent: NewOperation) =>
      recordIntentBySql(console_.ctx, [intentStatement(console_.ctx, intent).statement]),
    statement: (sql: Prisma.Sql) => recordIntentBySql(console_.ctx, [sql]),
  },
}

function intentOf({ id = randomUUID(), keyName = '', connection = console_.connections.vault }): NewOperation {
  return { id, kind: 'disable_key', connection, keyName, actor: console_.actors.custodian, facts: {} }
}

describe.each(Object.entries(WAYS))('an intent recorded %s', (way, record) => {
  it('of a key with an open act is told that the key is busy, and of nothing else', async () => {
    const { ctx } = console_
    const keyName = `busy-${way.length}`
    const first = randomUUID()
    await inTransaction(ctx.db, (tx) => beginOperation(ctx, tx, intentOf({ id: first, keyName })))
    // A vault's names know no case.
    for (const same of [keyName, keyName.toUpperCase()]) {
      const again = await record.intent(intentOf({ keyName: same }))
      expect(again).toEqual({ ok: false, error: { code: 'key-busy' } })
    }
    // Another key, but a row that is there already: nobody holds that key.
    const twice = await record.intent(intentOf({ id: first, keyName: `${keyName}-2` }))
    expect(twice).toEqual({ ok: false, error: { code: 'conflict' } })
  })

  it('at a vault that has moved meanwhile is told so, and a row that lacks anything else is a bug', async () => {
    const { connections } = console_
    const moved = { ...connections.vault, url: `${connections.vault.url}/elsewhere` }
    const keyName = `moved-${way.length}`
    const refused = await record.intent(intentOf({ keyName, connection: moved }))
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', message: expect.stringContaining('vault') } })
    const bug = (table: string, column: string) =>
      record.statement(Prisma.sql([`INSERT INTO ${table} (${column}) VALUES (NULL) RETURNING 1`]))
    await expect(bug('operation', 'id')).rejects.toThrow()
    await expect(bug('kek', 'connection_id')).rejects.toThrow()
    await expect(bug('connection_operation', 'connection_id')).rejects.toThrow()
  })
})
