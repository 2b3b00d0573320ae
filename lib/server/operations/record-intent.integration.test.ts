import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Statements } from '../db/statements'
import { inTransaction } from '../db/transaction'
import { beginOperation } from './begin-operation'
import { recordIntent, recordIntentBySql } from './record-intent'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

const WAYS = { 'by Prisma': recordIntent, 'by SQL alone': recordIntentBySql }

function begin(tx: Statements, { id = randomUUID(), keyName = '', connection = console_.connections.vault }) {
  const { ctx, actors } = console_
  return beginOperation(ctx, tx, {
    id,
    kind: 'disable_key',
    connection,
    keyName,
    actor: actors.custodian,
    facts: {},
  })
}

describe.each(Object.entries(WAYS))('an intent recorded %s', (way, record) => {
  it('of a key with an open act is told that the key is busy, and of nothing else', async () => {
    const { ctx } = console_
    const keyName = `busy-${way.length}`
    const first = randomUUID()
    await inTransaction(ctx.db, (tx) => begin(tx, { id: first, keyName }))
    // A vault's names know no case.
    for (const same of [keyName, keyName.toUpperCase()]) {
      const again = await record(ctx, async (tx: Statements) => ok(await begin(tx, { keyName: same })))
      expect(again).toEqual({ ok: false, error: { code: 'key-busy' } })
    }
    // Another key, but a row that is there already: nobody holds that key.
    const twice = await record(ctx, async (tx: Statements) =>
      ok(await begin(tx, { id: first, keyName: `${keyName}-2` })),
    )
    expect(twice).toEqual({ ok: false, error: { code: 'conflict' } })
  })

  it('at a vault that has moved meanwhile is told so, and a row that lacks anything else is a bug', async () => {
    const { ctx, connections } = console_
    const moved = { ...connections.vault, url: `${connections.vault.url}/elsewhere` }
    const keyName = `moved-${way.length}`
    const refused = await record(ctx, async (tx: Statements) => ok(await begin(tx, { keyName, connection: moved })))
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', message: expect.stringContaining('vault') } })
    const bug = (table: string, column: string) =>
      record(ctx, async (tx: Statements) => {
        await tx.$queryRawUnsafe(`INSERT INTO ${table} (${column}) VALUES (NULL) RETURNING 1`)
        return ok(undefined)
      })
    await expect(bug('operation', 'id')).rejects.toThrow()
    await expect(bug('kek', 'connection_id')).rejects.toThrow()
    await expect(bug('connection_operation', 'connection_id')).rejects.toThrow()
  })
})
