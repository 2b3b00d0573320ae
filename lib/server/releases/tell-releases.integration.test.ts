import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readLogLines } from '@/lib/domain/releases/history/read-log-text'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { appendEvent } from '../audit/append-event'
import { inTransaction } from '../db/transaction'
import { listNotices } from '../notifications/list-notices'
import { settleNotifications } from '../notifications/settle-notification'
import { saveFileRows, toFileRows } from './save-pieces'
import { tellReleases } from './tell-releases'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR_MS = 3_600_000
let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole({ channels: ['webhook'] })
})
afterAll(() => testConsole.close())
beforeEach(async () => {
  const { db } = testConsole.ctx
  await db.delivery.deleteMany()
  await db.notification.deleteMany()
})

interface Told {
  key: string
  who: string
  from: string
  status?: number
  /** Hours before noon, when everything is read. */
  ago?: number
}

const line = (vault: string, { key, who, from, status = 200, ago = 1 }: Told) =>
  JSON.stringify({
    time: new Date(NOON - ago * HOUR_MS).toISOString(),
    operationName: 'KeyRelease',
    callerIpAddress: from,
    identity: { claim: { oid: who } },
    properties: { id: `https://${vault}.vault.azure.net/keys/${key}`, httpStatusCode: status },
    resourceId: `/VAULTS/${vault}`,
  })

const at = (hour: number) => ({ ...testConsole.ctx, clock: () => new Date(NOON + hour * HOUR_MS) })
let vaults = 0
/** A vault of its own for each test: the history forgets nothing between them. */
function newVault() {
  const name = `vault-${vaults++}`
  const mark = { place: 'folder:test', path: name, shape: 'lines', readTo: 0, size: 0, lookedTo: 0 } as const
  return async (...pieces: (readonly Told[])[]) => {
    for (const piece of pieces) {
      const reading = readLogLines(piece.map((told) => line(name, told)))
      await saveFileRows(at(0), [toFileRows(at(0), { mark, reading }, () => testConsole.connections.vault.id)])
    }
  }
}

interface Shown {
  kind: string
  keyName?: string | null
  person?: string | null
  address?: string | null
}
const notices = async (): Promise<Shown[]> => {
  const rows = await testConsole.ctx.db.notification.findMany()
  return rows.map(({ kind, facts }) => Object.assign({ kind }, facts))
}
const words = async () =>
  (await notices())
    .map((n) => [n.kind, n.keyName, n.person, n.address].filter((part) => part !== undefined).join(' '))
    .sort()
const sent = () => testConsole.ctx.db.delivery.count()
const dying = () => ({
  ...testConsole.ctx,
  clock: (() => {
    let calls = 0
    return (): Date => {
      calls += 1
      if (calls > 1) throw new Error('the process ends here')
      return new Date(NOON)
    }
  })(),
})

const ann = { key: 'payroll', who: 'ann', from: '10.0.0.1' }

describe('what the logs tell of', () => {
  it('is told once, over double reading, another look, an end between, and further calls of the same', async () => {
    const ingest = newVault()
    const first = [ann, { ...ann, who: 'bob' }, { ...ann, who: 'eve', status: 403 }]
    await ingest(first, first)
    await expect(tellReleases(dying())).rejects.toThrow('the process ends here')
    expect(await words()).toEqual([])
    await tellReleases(at(0))
    const told = [
      'release-denied payroll',
      'release-first-seen payroll ann 10.0.0.1',
      'release-first-seen payroll bob ',
    ]
    expect(await words()).toEqual(told)
    await ingest(first)
    await ingest([
      { ...ann, ago: 2 },
      { ...ann, status: 403 },
      { ...ann, key: 'PAYROLL', ago: 0.5 },
    ])
    await tellReleases(at(1))
    expect(await words()).toEqual(told)
    expect(await sent()).toBe(3)
  })

  it('tells that a key went to somebody who was refused before', async () => {
    const ingest = newVault()
    await ingest([{ ...ann, status: 403, ago: 3 }])
    await tellReleases(at(0))
    expect(await words()).toEqual(['release-denied payroll'])
    await ingest([ann])
    await tellReleases(at(0))
    expect(await words()).toEqual(['release-denied payroll', 'release-first-seen payroll ann 10.0.0.1'])
  })

  it('is the same people and addresses whatever the order, the pieces and the looks between', async () => {
    const call = fc.record({
      key: fc.constantFrom('payroll', 'ledger'),
      who: fc.constantFrom('ann', 'bob', 'eve'),
      from: fc.constantFrom('10.0.0.1', '10.0.0.2'),
      status: fc.constantFrom(200, 403),
      ago: fc.integer({ min: 1, max: 11 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { maxLength: 6 }), { maxLength: 5 }), async (pieces) => {
        await testConsole.ctx.db.delivery.deleteMany()
        await testConsole.ctx.db.notification.deleteMany()
        const ingest = newVault()
        for (const piece of pieces) {
          await ingest(piece)
          await tellReleases(at(0))
        }
        const all = pieces.flat()
        const released = all.filter(({ status }) => status === 200)
        const told = await notices()
        const firsts = told.filter(({ kind }) => kind === 'release-first-seen')
        const of = (name: 'person' | 'address') => firsts.filter((n) => n[name]).map((n) => `${n.keyName} ${n[name]}`)
        expect(of('person').sort()).toEqual([...new Set(released.map((c) => `${c.key} ${c.who}`))].sort())
        expect(of('address').sort()).toEqual([...new Set(released.map((c) => `${c.key} ${c.from}`))].sort())
        const denied = told.filter(({ kind }) => kind === 'release-denied').map(({ keyName }) => keyName)
        const refused = all.filter(({ status }) => status === 403)
        expect(denied.sort()).toEqual([...new Set(refused.map(({ key }) => key))].sort())
      }),
      { numRuns: 15 },
    )
  })

  it('of years of logs is one notice, and of what they told nobody is new', async () => {
    const ingest = newVault()
    const years = Array.from({ length: 6_000 }, (_, n) => ({
      ...{ key: `key-${n % 50}`, who: `person-${n}`, from: `10.0.${n % 9}.${n % 7}`, ago: 48 + n },
      status: n % 3 === 0 ? 403 : 200,
    }))
    await ingest(years.slice(0, 3_000), years.slice(3_000))
    await tellReleases(at(0))
    expect(await words()).toEqual(['releases-read-late'])
    expect(await sent()).toBe(1)
    expect(await testConsole.ctx.db.logReleaseOpen.count()).toBe(0)
    await ingest([{ key: 'key-1', who: 'person-1', from: '10.0.1.1' }])
    await tellReleases(at(0))
    expect(await words()).toEqual(['releases-read-late'])
  })

  it('floods nobody: ten of a kind a day and vault, and one of all the others', async () => {
    const ingest = newVault()
    const many = (from: string, status: number) =>
      Array.from({ length: 400 }, (_, n) => ({ key: `${from}-${n}`, who: 'eve', from, status }))
    for (const from of ['a', 'b']) {
      await ingest(many(from, 403), many(from, 200))
      await tellReleases(at(0))
    }
    const kinds = (await notices()).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'release-denied')).toHaveLength(11)
    expect(kinds.filter((kind) => kind === 'release-first-seen')).toHaveLength(11)
    expect(await sent()).toBe(22)
  })

  it('stands in the notices for a week, and is sent meanwhile', async () => {
    await newVault()([ann, { ...ann, status: 403 }])
    await tellReleases(at(0))
    await settleNotifications(at(24))
    const open = async (hour: number) => (await listNotices(at(hour), testConsole.actors.auditor)).open
    expect((await open(24)).map(({ subject }) => subject)).toEqual([
      'A release was refused: payroll in local-vault',
      'payroll in local-vault was released to a new person at a new address',
    ])
    expect(await testConsole.ctx.db.delivery.count({ where: { status: 'waiting' } })).toBe(2)
    expect(await open(8 * 24)).toEqual([])
  })

  it('is nothing that the installation did when it made its example', async () => {
    const { ctx, connections } = testConsole
    const createdAt = new Date(NOON - 100 * HOUR_MS)
    await ctx.db.connection.update({ where: { id: connections.vault.id }, data: { createdAt } })
    const details = { vaults: [connections.vault.name] }
    const made = { type: 'installation.estate-made', phase: 'succeeded', actor: null, details } as const
    await inTransaction(ctx.db, (tx) => appendEvent(tx, { ...made, at: new Date(NOON - 3 * HOUR_MS) }))
    const ingest = newVault()
    await ingest([
      { ...ann, ago: 4 },
      { ...ann, ago: 4, status: 403 },
    ])
    await tellReleases(at(0))
    expect(await words()).toEqual([])
    await ingest([{ ...ann, ago: 1, status: 403 }])
    await tellReleases(at(0))
    expect(await words()).toEqual(['release-denied payroll'])
  })
})
