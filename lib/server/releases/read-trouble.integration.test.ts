import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
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

let vaults = 0
const newVault = () => `troubled-${vaults++}`
const record = (vault: string, at: number) => ({
  ...{ time: '2026-11-22T10:00:00Z', operationName: 'KeyRelease', resultSignature: 'OK', correlationId: `call-${at}` },
  ...{ properties: { id: `https://${vault}.vault.azure.net/keys/guarded` }, resourceId: `/VAULTS/${vault}` },
})
const lines = (vault: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${JSON.stringify(record(vault, at))}\n`).join('')

const read = (source: LogSource) => readLogs(testConsole.ctx, [source])
const count = (vault: string) => testConsole.ctx.db.logRecord.count({ where: { vault } })
const source = () => testConsole.ctx.db.logSource.findUniqueOrThrow({ where: { place: `folder:${folder}` } })

/** The folder's source with another way to read. */
const reading = (read: (plain: LogSource) => LogSource['read']): LogSource => {
  const plain = folderSource(folder)
  return { ...plain, read: read(plain) }
}

describe('reading logs in trouble', () => {
  it('reads no link, not even one that takes the place of a file after it was listed', async () => {
    const [secret, other] = [newVault(), newVault()]
    const outside = mkdtempSync(path.join(tmpdir(), 'drawbridge-elsewhere-'))
    const target = path.join(outside, 'secret.json')
    writeFileSync(target, lines(secret, 1))
    symlinkSync(target, path.join(folder, 'link.json'))
    symlinkSync(outside, path.join(folder, 'below'))
    writeFileSync(path.join(folder, 'swapped.json'), lines(other, 1))
    const swapping = reading((plain) => (name, from, length) => {
      rmSync(path.join(folder, 'swapped.json'))
      symlinkSync(target, path.join(folder, 'swapped.json'))
      return plain.read(name, from, length)
    })
    await read(swapping)
    rmSync(outside, { recursive: true })
    expect([await count(secret), await count(other)]).toEqual([0, 0])
    expect(await source()).toMatchObject({ problemAt: expect.any(Date) })
  })

  it('goes on past a folder that is gone when it is looked into, and says that something was not read', async () => {
    const vault = newVault()
    mkdirSync(path.join(folder, 'a'))
    mkdirSync(path.join(folder, 'b'))
    for (const below of ['a', 'b']) writeFileSync(path.join(folder, below, 'PT1H.json'), lines(vault, 1))
    const plain = folderSource(folder)
    const list = async function* () {
      for await (const file of plain.list()) {
        // What was not looked into yet, whichever it is.
        rmSync(path.join(folder, file.path.startsWith('a') ? 'b' : 'a'), { recursive: true, force: true })
        yield file
      }
    }
    await read({ ...plain, list })
    expect(await count(vault)).toBe(1)
    expect(await source()).toMatchObject({ problemAt: expect.any(Date) })
  })

  it('saves what was read of a file before it could not be read further, and the rest in the next round', async () => {
    const vault = newVault()
    writeFileSync(path.join(folder, 'long.json'), lines(vault, 30_000)) // of several pieces
    const failing = reading((plain) => (name, from, length) => {
      if (from > 0) throw new Error('the disk')
      return plain.read(name, from, length)
    })
    await read(failing)
    const before = await count(vault)
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(30_000)
    await read(folderSource(folder))
    expect(await count(vault)).toBe(30_000)
  })

  it('takes a list of more records than one transaction has time for, and a packed one', async () => {
    const [list, packed] = [newVault(), newVault()]
    const records = (vault: string) => Array.from({ length: 12_000 }, (_, at) => record(vault, at))
    writeFileSync(path.join(folder, 'list.json'), JSON.stringify({ records: records(list) }))
    writeFileSync(path.join(folder, 'packed.json.gz'), gzipSync(lines(packed, 12_000)))
    await read(folderSource(folder))
    expect([await count(list), await count(packed)]).toEqual([12_000, 12_000])
  })

  it('names a packed file that would fill the memory, and a file that is none of the shapes', async () => {
    writeFileSync(path.join(folder, 'bomb.json.gz'), gzipSync(Buffer.alloc(65 * 1024 * 1024, ' ')))
    writeFileSync(path.join(folder, 'sparse.json'), '[')
    truncateSync(path.join(folder, 'sparse.json'), 65 * 1024 * 1024)
    await read(folderSource(folder))
    const { place } = folderSource(folder)
    const aside = await testConsole.ctx.db.logRecordAside.findMany({ where: { place }, orderBy: { path: 'asc' } })
    expect(aside.map(({ path: name, reason }) => `${name} ${reason}`)).toEqual([
      'bomb.json.gz unreadable-file',
      'sparse.json unreadable-file',
    ])
  })

  it('looks at nothing twice that has not grown, however little of it could be read', async () => {
    const vault = newVault()
    writeFileSync(path.join(folder, 'half.json'), lines(vault, 1) + JSON.stringify(record(vault, 2)).slice(0, 50))
    const asked: string[] = []
    const watched = reading((plain) => (name, from, length) => {
      asked.push(name)
      return plain.read(name, from, length)
    })
    await read(watched)
    expect(asked).not.toEqual([])
    asked.length = 0
    await read(watched)
    expect(asked).toEqual([])
  })
})
