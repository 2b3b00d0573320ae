import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { folderSource } from './folder-source'
import type { LogSource } from './log-source'
import { readLogs } from './read-logs'

let testConsole: TestConsole
let folder: string
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-logs-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

/** Milliseconds of the clock that rounds go by. */
async function passed(ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until) await Promise.resolve()
}

let vaults = 0
/** A vault of its own for each test: the history forgets nothing between them. */
const newVault = () => `vault-${vaults++}`

const record = (vault: string, at: number, more: Record<string, unknown> = {}) => ({
  time: new Date(Date.UTC(2026, 10, 22, 10, 0, 0, at)).toISOString(),
  operationName: 'KeyRelease',
  resultType: 'Success',
  resultSignature: at % 3 === 0 ? 'Forbidden' : 'OK',
  correlationId: `call-${at}`,
  identity: { claim: { oid: 'somebody' } },
  properties: { id: `https://${vault}.vault.azure.net/keys/guarded`, httpStatusCode: at % 3 === 0 ? 403 : 200 },
  resourceId: `/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/${vault.toUpperCase()}`,
  ...more,
})
const line = (value: unknown) => `${JSON.stringify(value)}\n`

function write(vault: string, content: string | Buffer, name = 'PT1H.json', hour = '10'): string {
  const id = `resourceId=/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/${vault.toUpperCase()}`
  const below = path.join(folder, id, `y=2026/m=11/d=22/h=${hour}/m=00`)
  mkdirSync(below, { recursive: true })
  writeFileSync(path.join(below, name), content)
  return path.join(below, name)
}

const read = (source: LogSource = folderSource(folder)) => readLogs(testConsole.ctx, [source])
const history = (vault: string) =>
  testConsole.ctx.db.logRecord.findMany({ where: { vault }, orderBy: [{ at: 'asc' }, { digest: 'asc' }] })
const aside = () => testConsole.ctx.db.logRecordAside.findMany({ where: { place: `folder:${folder}` } })

describe('reading logs', () => {
  it('takes each record once, however often and in whichever order it comes', async () => {
    const perOrder: unknown[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        fc.nat(7),
        async (order, twice) => {
          const vault = newVault()
          const file = write(vault, [...order, twice].map((at) => line(record(vault, at))).join(''))
          await read()
          await read()
          appendFileSync(file, line(record(vault, twice)))
          await read()
          const rows = await history(vault)
          expect(rows).toHaveLength(8)
          perOrder.push(rows.map(({ at, decision, correlationId }) => [at, decision, correlationId]))
        },
      ),
      { numRuns: 8 },
    )
    for (const rows of perOrder) expect(rows).toEqual(perOrder[0])
  })

  it('goes on where it stopped, and leaves a half-written last line until it is whole', async () => {
    const vault = newVault()
    const third = line(record(vault, 3))
    const file = write(vault, line(record(vault, 1)) + line(record(vault, 2)) + third.slice(0, 40))
    const reads: number[] = []
    const plain = folderSource(folder)
    const watched = {
      ...plain,
      read: (name: string, from: number, length: number) => {
        reads.push(from)
        return plain.read(name, from, length)
      },
    }
    await read(watched)
    expect((await history(vault)).map(({ correlationId }) => correlationId)).toEqual(['call-1', 'call-2'])
    reads.length = 0
    appendFileSync(file, third.slice(40))
    await read(watched)
    expect((await history(vault)).map(({ decision }) => decision)).toEqual(['allowed', 'allowed', 'denied'])
    expect(Math.min(...reads)).toBeGreaterThan(0)
    reads.length = 0
    await read(watched)
    expect(reads).toEqual([])
    expect(await aside()).toEqual([])
  })

  it('keeps aside what it can not read, with its reason, and reads on', async () => {
    const vault = newVault()
    const bad = ['not json\n', '{"half":\n', line([]), line({ ...record(vault, 1), time: 'never' })]
    const huge = line({ ...record(vault, 2), identity: { claim: { oid: 'x'.repeat(10_000_000) } } })
    write(vault, `${bad.join('')}${huge}${'{"a":'.repeat(100_000)}\n${line(record(vault, 4))}`)
    await read()
    expect((await history(vault)).map(({ correlationId }) => correlationId)).toEqual(['call-4'])
    const reasons = (await aside()).map(({ reason }) => reason).sort()
    expect(reasons).toEqual(['no-time', 'not-an-object', 'not-json', 'not-json', 'not-json', 'too-long'])
    await read()
    expect(await aside()).toHaveLength(6)
  })

  it('takes lists and packed files, also ones that grow, and tells a broken one', async () => {
    const [list, grown, packed] = [newVault(), newVault(), newVault()]
    const many = (vault: string, count: number) => Array.from({ length: count }, (_, at) => record(vault, at))
    write(list, JSON.stringify(many(list, 3)))
    write(grown, JSON.stringify({ records: many(grown, 2) }, null, 2).slice(0, -3))
    write(packed, gzipSync(many(packed, 5).map(line).join('')), 'PT1H.json.gz')
    write(packed, gzipSync('cut short'.repeat(100)).subarray(0, 20), 'later.json.gz')
    write(packed, Buffer.from('no gzip at all'), 'broken.json.gz')
    await read()
    const counts = async () => Promise.all([list, grown, packed].map(async (vault) => (await history(vault)).length))
    expect(await counts()).toEqual([3, 0, 5])
    expect((await aside()).map(({ reason }) => reason)).toEqual(['unreadable-file'])
    write(grown, JSON.stringify({ records: many(grown, 4) }, null, 2))
    await read()
    expect(await counts()).toEqual([3, 4, 5])
  })

  it('knows the hour of a file, and a source that can not be read from one that is empty', async () => {
    const vault = newVault()
    write(vault, line(record(vault, 1)), 'PT1H.json', '07')
    await read()
    const file = await testConsole.ctx.db.logFile.findFirstOrThrow({ where: { vault } })
    expect(file.hour).toEqual(new Date('2026-11-22T07:00:00Z'))
    const missing = folderSource(path.join(folder, 'nowhere'))
    await read(missing)
    const source = (place: string) => testConsole.ctx.db.logSource.findUniqueOrThrow({ where: { place } })
    expect(await source(missing.place)).toMatchObject({ readAt: null, problemAt: expect.any(Date) })
    expect(await source(`folder:${folder}`)).toMatchObject({ readAt: expect.any(Date), problemAt: null })
  })

  it('stops when its time is over, does not say then that it has read everything, and goes on in the next round', async () => {
    const [one, other] = [newVault(), newVault()]
    for (const vault of [one, other]) write(vault, line(record(vault, 1)))
    const counts = async () => (await Promise.all([one, other].map(history))).map(({ length }) => length)
    const place = `folder:${folder}`
    for (let round = 0; (await counts()).includes(0); round += 1) {
      expect(round).toBeLessThan(3)
      // Time enough to begin, and none to go on.
      const plain = folderSource(folder)
      const slow: LogSource = {
        ...plain,
        read: async (name, from, length) => {
          await passed(60)
          return plain.read(name, from, length)
        },
      }
      await readLogs(testConsole.ctx, [slow], 50)
      if ((await counts()).includes(0))
        expect(await testConsole.ctx.db.logSource.findUnique({ where: { place } })).toMatchObject({ readAt: null })
    }
    await read()
    expect(await counts()).toEqual([1, 1])
    expect(await testConsole.ctx.db.logSource.findUnique({ where: { place } })).toMatchObject({
      readAt: expect.any(Date),
    })
  })

  it('writes what nobody changes or takes away', async () => {
    const { db } = testConsole.ctx
    await expect(db.$executeRaw`DELETE FROM log_record`).rejects.toThrow()
    await expect(db.$executeRaw`UPDATE log_record SET decision = 'allowed'`).rejects.toThrow()
    await expect(db.$executeRaw`DELETE FROM log_record_aside`).rejects.toThrow()
  })
})

describe('the log of a real vault', () => {
  it('has as many releases, denials and changes as the history, each of its connection', async () => {
    const { ctx, vault, connections } = testConsole
    const provider = ctx.provider(connections.vault)
    await provider.createKek({ name: 'told-by-the-log', bits: 2048, expiresAt: null, tags: {} })
    await read(folderSource(vault.description.auditLog))
    const rows = await ctx.db.logRecord.findMany({ where: { keyName: 'told-by-the-log' } })
    expect(rows).toMatchObject([
      { operation: 'KeyCreate', act: 'change', decision: 'allowed', connectionId: connections.vault.id },
    ])
  })
})
