import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { KEY_NOT_NAMED, SEVERAL_KEYS } from '@/lib/domain/alarms/alarm'
import { readLogLines } from '@/lib/domain/releases/history/read-log-text'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { acknowledgeAlarm } from '../alarms/acknowledge-alarm'
import { appendEvent } from '../audit/append-event'
import { inTransaction } from '../db/transaction'
import { saveFileRows, toFileRows } from './save-pieces'
import { settleChanges } from './settle-changes'
import { tellBarredReleases } from './tell-barred-releases'

const HOUR_MS = 3_600_000
let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole({ channels: ['webhook'] })
})
afterAll(() => testConsole.close())
beforeEach(async () => {
  const { db } = testConsole.ctx
  await db.alarm.deleteMany()
  await db.delivery.deleteMany()
  await db.notification.deleteMany()
})

interface Told {
  key: string | null
  /** Hours before it is read. */
  ago?: number
  operation?: string
}

const line = ({ key, ago = 1, operation = 'KeyImport' }: Told) =>
  JSON.stringify({
    time: new Date(Date.now() - ago * HOUR_MS).toISOString(),
    operationName: operation,
    properties: { httpStatusCode: 200, ...(key ? { id: `https://v.vault.azure.net/keys/${key}` } : {}) },
    resourceId: '/VAULTS/V',
  })

/** Each list of lines in a transaction of its own. */
async function ingest(...pieces: (readonly string[])[]): Promise<void> {
  const mark = { place: 'folder:test', path: 'v', shape: 'lines', readTo: 0, size: 0, lookedTo: 0 } as const
  const now = { ...testConsole.ctx, clock: () => new Date() }
  for (const piece of pieces)
    await saveFileRows(now, [
      toFileRows(now, { mark, reading: readLogLines(piece) }, () => testConsole.connections.vault.id),
    ])
}
const look = async () => {
  await settleChanges(testConsole.ctx)
  await tellBarredReleases(testConsole.ctx)
}
const alarms = async () => {
  const rows = await testConsole.ctx.db.alarm.findMany({ orderBy: [{ kind: 'asc' }, { keyName: 'asc' }] })
  return rows.map(({ kind, keyName }) => `${kind} ${keyName}`)
}
const sent = () => testConsole.ctx.db.delivery.count()
async function acknowledgeAll(): Promise<void> {
  const { ctx, actors } = testConsole
  for (const { id } of await ctx.db.alarm.findMany({ where: { acknowledgedAt: null } }))
    expect(await acknowledgeAlarm(ctx, actors.auditor, { alarmId: id, note: 'Looked into' })).toMatchObject({
      ok: true,
    })
}

const dying = () => ({
  ...testConsole.ctx,
  clock: (): Date => {
    throw new Error('the process ends here')
  },
})

describe('a change past Drawbridge', () => {
  it('raises its alarm once, over double reading, disorder, another look and an end between', async () => {
    const lines = [line({ key: 'one', ago: 3 }), line({ key: 'one', ago: 2 }), line({ key: 'two' })]
    await ingest(lines.toReversed(), lines)
    await expect(settleChanges(dying())).rejects.toThrow('the process ends here')
    expect(await alarms()).toEqual([])
    await look()
    await ingest(lines)
    await look()
    expect(await alarms()).toEqual(['changed-outside one', 'changed-outside two'])
    expect(await sent()).toBe(2)
    await acknowledgeAll()
    await ingest(lines)
    await look()
    expect(await sent()).toBe(2)
    await ingest([line({ key: 'one', ago: 0.5 })])
    await look()
    expect(await sent()).toBe(3)
  })

  it('is told with a key that the log does not name, too', async () => {
    await ingest([line({ key: null, operation: 'KeyRestore' })])
    await look()
    expect(await alarms()).toEqual([`changed-outside ${KEY_NOT_NAMED}`])
  })

  it('is one of few alarms, however many there are or however far they reach back', async () => {
    const years = Array.from({ length: 500 }, (_, at) => line({ key: `old-${at}`, ago: 48 + at * 24 }))
    await ingest(years.slice(0, 250), years.slice(250))
    await look()
    expect(await alarms()).toEqual([`changed-outside-many ${SEVERAL_KEYS}`])
    await ingest(Array.from({ length: 300 }, (_, at) => line({ key: `new-${at}` })))
    await look()
    expect(await alarms()).toHaveLength(11)
    expect(await sent()).toBe(11)
  })

  it('is nothing that the installation did when it made its example', async () => {
    const { ctx, connections } = testConsole
    const createdAt = new Date(Date.now() - 100 * HOUR_MS)
    await ctx.db.connection.update({ where: { id: connections.vault.id }, data: { createdAt } })
    const details = { vaults: [connections.vault.name] }
    const made = { type: 'installation.estate-made', phase: 'succeeded', actor: null, details } as const
    await inTransaction(ctx.db, (tx) => appendEvent(tx, { ...made, at: new Date(Date.now() - 50 * HOUR_MS) }))
    await ingest([line({ key: 'example', ago: 51 })])
    await look()
    expect(await alarms()).toEqual([])
    await ingest([line({ key: 'example', ago: 1.5 })])
    await look()
    expect(await alarms()).toEqual(['changed-outside example'])
  })
})

describe('a release while the version was disabled', () => {
  it('raises its alarm once, also when the act that disabled it is known after the record', async () => {
    const { ctx, actors, connections } = testConsole
    const version = 'a'.repeat(32)
    const release = line({ key: `barred/${version}`, operation: 'KeyRelease' })
    await ingest([release], [release])
    await look()
    expect(await alarms()).toEqual([])
    const at = new Date(Date.now() - 2 * HOUR_MS)
    await ctx.db.operation.create({
      data: {
        ...{ id: ctx.newId(), kind: 'disable_key', connectionId: connections.vault.id, keyName: 'barred' },
        ...{ keyVersion: version, params: {}, status: 'succeeded', actorId: actors.custodian.personId },
        ...{ startedAt: at, deadlineAt: at, finishedAt: at },
      },
    })
    await expect(tellBarredReleases(dying())).rejects.toThrow('the process ends here')
    await look()
    await look()
    expect(await alarms()).toEqual(['released-while-barred barred'])
    await acknowledgeAll()
    await ingest([release])
    await look()
    expect(await sent()).toBe(1)
    await ingest([line({ key: `barred/${version}`, operation: 'KeyRelease', ago: 0.5 })])
    await look()
    expect(await sent()).toBe(2)
  })
})
