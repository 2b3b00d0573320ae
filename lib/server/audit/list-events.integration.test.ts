import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditQuery } from '@/lib/domain/audit/query'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { inTransaction } from '../db/transaction'
import { appendEvent } from './append-event'
import { exportEvents } from './export-events'
import { listEvents } from './list-events'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  const about = { connection: connections.vault, keyVersion: null }
  await inTransaction(ctx.db, async (tx) => {
    const operation = { type: 'operation', at: new Date('2026-03-01T10:00:00Z'), ...about } as const
    await appendEvent(tx, {
      ...operation,
      phase: 'intended',
      actor: actors.custodian,
      keyName: 'payments',
      details: { kind: 'disable_key', facts: { reason: 'leaked_100%' } },
    })
    await appendEvent(tx, {
      ...operation,
      phase: 'failed',
      actor: actors.custodian2,
      keyName: 'ledger',
      code: 'vault-unreachable',
      details: { kind: 'enable_key', facts: {} },
    })
    await appendEvent(tx, {
      type: 'alarm.raised',
      phase: 'noted',
      at: new Date('2026-05-01T10:00:00Z'),
      actor: null,
      keyName: '=HYPERLINK("x")',
      code: 'key-substituted',
      ...about,
      details: {},
    })
  })
})
afterAll(() => console_.close())

const query = (text: string, more: Partial<AuditQuery> = {}): AuditQuery => ({
  text,
  from: null,
  to: null,
  phases: [],
  page: 1,
  pageSize: 50,
  ...more,
})

async function keysFound(text: string, more: Partial<AuditQuery> = {}) {
  const { events } = await listEvents(console_.ctx, console_.actors.auditor, query(text, more))
  // What the console's own people did to begin with is about no key.
  return events.flatMap(({ keyName }) => keyName ?? []).sort()
}

describe('searching the audit log', () => {
  it.each([
    ['actor:custodian2', ['ledger']],
    ['key:PAY', ['payments']],
    ['action:enable_key', ['ledger']],
    ['code:unreachable', ['ledger']],
    ['created:>=2026-04-01', ['=HYPERLINK("x")']],
    ['created:<2026-04-01 -key:ledger', ['payments']],
    ['created:nonsense', []],
    ['actor:drawbridge', ['=HYPERLINK("x")']],
    ['-type:operation', ['=HYPERLINK("x")']],
    // Words that stand in no column: only the sentence has them.
    ['"failed to enable"', ['ledger']],
    ['"set out to"', ['payments']],
    ['leaked_100%', ['payments']],
    ['leakedx100', []],
  ])('%s', async (text, found) => {
    expect(await keysFound(text)).toEqual(found)
  })

  it('filters by phase and by days', async () => {
    expect(await keysFound('', { phases: ['failed'] })).toEqual(['ledger'])
    expect(await keysFound('', { from: '2026-03-02', to: '2026-05-01' })).toEqual(['=HYPERLINK("x")'])
  })
})

describe('the export', () => {
  it('is recorded, holds what the filter shows, and no formula', async () => {
    const { ctx, actors } = console_
    const csv = await collect(exportEvents(ctx, actors.auditor, query('created:2026-05-01'), 'csv'))
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2)
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
    const jsonl = await collect(exportEvents(ctx, actors.auditor, query('key:ledger'), 'jsonl'))
    expect(JSON.parse(jsonl)).toMatchObject({ keyName: 'ledger', code: 'vault-unreachable' })
    const { events } = await listEvents(ctx, actors.auditor, query('type:audit.exported'))
    expect(events.map(({ details }) => details.format)).toEqual(['jsonl', 'csv'])
  })

  it('is for auditors only', async () => {
    const { ctx, actors } = console_
    await expect(collect(exportEvents(ctx, actors.custodian, query(''), 'csv'))).rejects.toThrow()
  })
})

it('the application’s own user can’t change or delete the record', async () => {
  const { db } = console_.database
  await expect(db.$executeRaw`UPDATE audit_event SET actor_name = 'nobody'`).rejects.toThrow()
  await expect(db.$executeRaw`DELETE FROM audit_event`).rejects.toThrow()
  await expect(db.$executeRaw`TRUNCATE audit_event`).rejects.toThrow()
})

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
