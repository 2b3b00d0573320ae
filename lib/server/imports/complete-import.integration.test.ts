import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { closingOnRecord } from './closing-import'
import { completeImport } from './complete-import'
import { submitImport } from './submit-import'

let testConsole: TestConsole
let kek: TestKek

beforeAll(async () => {
  testConsole = await createTestConsole()
  kek = await makeKek(testConsole, testConsole.connections.vault)
})
afterAll(() => testConsole.close())

async function submittedRow(name: string, expectedPublicKeySha256?: string) {
  const { ctx, actors, connections } = testConsole
  const made = await makeBlob(kek, SHAPES.p256)
  const input = await submission(testConsole, connections.vault, kek, made, { name, shape: SHAPES.p256 })
  const given = expectedPublicKeySha256 ? { ...input, expectedPublicKeySha256 } : input
  await submitImport(ctx, actors.custodian, given)
  return ctx.db.import.findFirstOrThrow({ where: { keyName: name } })
}

async function onRecord(importId: string) {
  const { db } = testConsole.ctx
  const row = await db.import.findUniqueOrThrow({ where: { id: importId } })
  const events = await db.auditEvent.findMany({ where: { importId }, orderBy: { id: 'asc' } })
  const [notices, alarms] = [await db.notification.findMany(), await db.alarm.findMany({ where: { importId } })]
  return { row, events: events.map(({ type, phase }) => `${type} ${phase}`), notices, alarms }
}

const ANOTHER_KEY = 'f'.repeat(64)

it.each([
  ['arrived', undefined, ['operation intended', 'operation succeeded']],
  ['substituted', ANOTHER_KEY, ['operation intended', 'operation failed', 'alarm.raised noted']],
] as const)(
  'an import that %s has its outcome once: a second reading leaves nothing beside it',
  async (_, expected, events) => {
    const { ctx } = testConsole
    const row = await submittedRow(`outcome-once-${expected ? 'other' : 'equal'}`, expected)
    await ctx.db.alarm.updateMany({ data: { acknowledgedAt: ctx.clock() } }) // an open one would keep the second from standing
    const before = await onRecord(row.id)
    expect(before.events).toEqual(events)
    const operation = await ctx.db.operation.findFirstOrThrow({ where: { importId: row.id } })
    const closing = await closingOnRecord(ctx.db, operation)
    expect(await completeImport(ctx, closing, row.keyVersion ?? '', null)).toBeNull()
    expect(await onRecord(row.id)).toEqual(before)
  },
)

it('an outcome whose import is not open is a bug, and writes nothing', async () => {
  const { ctx } = testConsole
  const row = await submittedRow('outcome-of-nothing')
  const operation = await ctx.db.operation.findFirstOrThrow({ where: { importId: row.id } })
  await ctx.db.operation.update({ where: { id: operation.id }, data: { status: 'indeterminate' } })
  const before = await onRecord(row.id)
  const closing = await closingOnRecord(ctx.db, operation)
  await expect(completeImport(ctx, closing, row.keyVersion ?? '', null)).rejects.toThrow()
  expect(await onRecord(row.id)).toEqual(before)
  expect((await ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } })).status).toBe('indeterminate')
})
