import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { KEY_NOT_NAMED, SEVERAL_KEYS } from '@/lib/domain/alarms/alarm'
import { readLogLines } from '@/lib/domain/releases/history/read-log-text'
import type { OperationKind, OperationStatus } from '@/lib/server/db/generated/client'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { acknowledgeAlarm } from '../alarms/acknowledge-alarm'
import { appendEvent } from '../audit/append-event'
import { inTransaction } from '../db/transaction'
import { approveImport } from '../reviews/approve-import'
import { decisionOn, importKey, makeKek } from '../reviews/testing/import-key'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { ecSourceKey } from '../reviews/testing/source-key'
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

/** An act of Drawbridge's on a version, which took a moment. */
async function act(kind: OperationKind, keyName: string, { ago, status = 'succeeded' }: ActOf): Promise<void> {
  const { ctx, actors, connections } = testConsole
  const startedAt = new Date(Date.now() - ago * HOUR_MS)
  const finishedAt = status === 'pending' ? null : new Date(startedAt.getTime() + 60_000)
  await ctx.db.operation.create({
    data: {
      ...{ id: ctx.newId(), kind, connectionId: connections.vault.id, keyName, keyVersion: VERSION, status },
      ...{ params: {}, actorId: actors.custodian.personId, startedAt, deadlineAt: startedAt, finishedAt },
    },
  })
}
type ActOf = { ago: number; status?: OperationStatus }

const VERSION = 'a'.repeat(32)
const MINUTE = 1 / 60
const release = (keyName: string, ago: number) => line({ key: `${keyName}/${VERSION}`, operation: 'KeyRelease', ago })

describe('a release while the version was disabled', () => {
  // A vault releases a moment after it has enabled, and before that is on record here: that raised an alarm.
  it('is none from the moment on at which an act to enable it began, unless that came to nothing', async () => {
    for (const [name, status] of [
      ['enabled', 'succeeded'],
      ['being-enabled', 'pending'],
      ['not-known', 'indeterminate'],
      ['still-disabled', 'failed'],
    ] as const) {
      await act('disable_key', name, { ago: 3 })
      await act('reenable_key', name, { ago: 2, status })
      await ingest([release(name, 2 - MINUTE / 2)])
    }
    await look()
    expect(await alarms()).toEqual(['released-while-barred still-disabled'])
    await ingest([release('enabled', 2 + MINUTE / 2)])
    await look()
    expect(await alarms()).toEqual(['released-while-barred enabled', 'released-while-barred still-disabled'])
  })

  it('is one of what was imported and is under review, until the act that enables it has begun', async () => {
    const { ctx, actors, connections } = testConsole
    const [actor, connection] = [actors.custodian, connections.vault]
    const kekId = await makeKek(ctx, actor, connection, 'kek')
    const source = await ecSourceKey()
    const importId = await importKey({ ctx, actor, connection, kekId, name: 'imported', source })
    const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
    const releaseNow = () => ingest([line({ key: `imported/${keyVersion}`, operation: 'KeyRelease', ago: 0 })])
    await releaseNow()
    await look()
    expect(await alarms()).toEqual(['released-while-barred imported'])
    await acknowledgeAll()
    const killed = interrupted(ctx, [{ call: 'updateVersion', when: 'after', error: new Killed() }])
    const decision = await decisionOn(ctx, importId, source.recorded)
    await expect(approveImport(killed, actors.custodian2, decision)).rejects.toThrow(Killed)
    await releaseNow()
    await look()
    expect(await testConsole.ctx.db.alarm.count({ where: { acknowledgedAt: null } })).toBe(0)
  })

  it('is one, too, of what was created here and nobody has approved, from its first moment on', async () => {
    await act('create_key', 'created', { ago: 3 })
    await act('create_key', 'created-and-enabled', { ago: 3 })
    await act('reenable_key', 'created-and-enabled', { ago: 2 })
    await ingest(['created', 'created-and-enabled'].map((name) => release(name, 1)))
    await look()
    expect(await alarms()).toEqual(['released-while-barred created'])
    await ingest([release('created-and-enabled', 3 - MINUTE / 2)])
    await look()
    expect(await alarms()).toEqual(['released-while-barred created', 'released-while-barred created-and-enabled'])
  })

  it('raises its alarm once, also when the act that disabled it is known after the record', async () => {
    const barred = release('barred', 1)
    await ingest([barred], [barred])
    await look()
    expect(await alarms()).toEqual([])
    await act('disable_key', 'barred', { ago: 2 })
    await expect(tellBarredReleases(dying())).rejects.toThrow('the process ends here')
    await look()
    await look()
    expect(await alarms()).toEqual(['released-while-barred barred'])
    await acknowledgeAll()
    await ingest([barred])
    await look()
    expect(await sent()).toBe(1)
    await ingest([release('barred', 0.5)])
    await look()
    expect(await sent()).toBe(2)
  })
})

describe('a check value’s window that the reconciler closes as soon as its vault answers', () => {
  it('is no change past Drawbridge, however long that takes; what comes after it is', async () => {
    const keyName = 'long-open'
    const { db } = testConsole.ctx
    const changed = (ago: number) => ingest([line({ key: `${keyName}/${VERSION}`, operation: 'KeyUpdate', ago })])
    await act('enable_key', keyName, { ago: 9, status: 'indeterminate' })
    await db.operation.updateMany({ where: { keyName }, data: { phase: 'check-value-window-closing' } })
    await changed(3)
    await look()
    expect(await alarms()).toEqual([])
    const finishedAt = new Date(Date.now() - 2.9 * HOUR_MS)
    await db.operation.updateMany({ where: { keyName }, data: { status: 'failed', finishedAt } })
    await changed(1)
    await look()
    expect(await alarms()).toEqual([`changed-outside ${keyName}`])
  })
})
