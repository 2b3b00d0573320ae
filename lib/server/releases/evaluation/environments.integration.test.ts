import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import {
  asked,
  debuggable,
  type ExportableKey,
  exportableKey,
  readVaultLog,
  tokenFor,
} from '@/lib/testing/exportable-key'
import { listReleases } from '../list-releases'
import { performRelease } from '../made/perform-release'
import { evaluateReleases } from './evaluate-releases'

let world: TestConsole
beforeAll(async () => {
  world = await createTestConsole({ channels: ['webhook'] })
})
afterAll(() => world.close())

const built = (of: string) => ({ 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-launchmeasurement': of.repeat(48) } })
const release = async (key: ExportableKey, claims: Record<string, unknown>) =>
  performRelease(world.ctx, world.actors.custodian, asked(key, await tokenFor(world, claims)))

async function readAndEvaluate() {
  await readVaultLog(world)
  await evaluateReleases(world.ctx)
}

const list = (more: Partial<HistoryQuery>) =>
  listReleases(world.ctx, world.actors.auditor, {
    ...{ text: '', from: null, to: null, decisions: [], first: [], cursor: null, pageSize: 500 },
    ...more,
  })
/** Oldest first. */
const seen = async (key: ExportableKey) => {
  const { records } = await list({ text: `key:${key.name}` })
  return records.toReversed().map(({ decision, firstSeen }) => [decision, firstSeen.includes('environment')])
}
const told = async (key: ExportableKey) => {
  const rows = await world.ctx.db.notification.findMany({
    where: {
      kind: 'release-first-seen',
      facts: { path: ['keyName'], equals: key.name },
      about: { contains: ':environment ' },
    },
    orderBy: { raisedAt: 'asc' },
  })
  return rows.map(({ facts }) => facts)
}

describe('an environment', () => {
  it('that is new to a key is marked, found and told, once, and another key has news of its own', async () => {
    const [key, other] = [await exportableKey(world, 'new-here'), await exportableKey(world, 'new-there')]
    for (const claims of [built('a'), built('a'), built('b')]) await release(key, claims)
    await release(other, built('b'))
    await readAndEvaluate()
    await readAndEvaluate()
    expect(await seen(key)).toEqual([
      ['allowed', true],
      ['allowed', false],
      ['allowed', true],
    ])
    expect(await seen(other)).toEqual([['allowed', true]])
    const first = await list({ text: 'key:new-', first: ['environment'] })
    expect([first.records.length, first.total]).toEqual([3, 3])
    expect(await told(key)).toMatchObject([
      { environment: { words: expect.stringContaining('launchmeasurement aaaaaaaaaaaa…') } },
      { environment: { words: expect.stringContaining('launchmeasurement bbbbbbbbbbbb…') } },
    ])
    expect(await told(other)).toHaveLength(1)
  })

  it('is searched for by its measurement, its kind and its digest', async () => {
    const key = await exportableKey(world, 'sought')
    for (const claims of [built('c'), built('d')]) await release(key, claims)
    await readAndEvaluate()
    const found = async (text: string) => (await list({ text: `key:sought ${text}` })).total
    const [record] = (await list({ text: 'key:sought env:cccccc' })).records
    expect(record?.evaluation?.environment?.type).toBe('sevsnpvm')
    expect(await found('env:cccccc')).toBe(1)
    expect(await found('-env:cccccc')).toBe(1)
    expect(await found('env:SEVSNPVM')).toBe(2)
    expect(await found(`env:${record?.evaluation?.environment?.sha256}`)).toBe(1)
    expect(await found('env:sgx')).toBe(0)
  })

  it('that was refused before is new again when it is released to, and a refusal is told as one', async () => {
    const key = await exportableKey(world, 'release-allow-anyway-later', { secureboot: false })
    const guarded = await exportableKey(world, 'refused')
    await release(guarded, debuggable)
    await release(key, debuggable)
    await readAndEvaluate()
    expect(await seen(guarded)).toEqual([['denied', true]])
    expect(await told(guarded)).toEqual([])
    expect(await seen(key)).toEqual([['allowed', true]])
    expect(await told(key)).toHaveLength(1)
  })

  it('of a row that was evaluated when nobody asked for environments is known after the next round, and is no news', async () => {
    const key = await exportableKey(world, 'upgraded')
    await release(key, built('e'))
    await readAndEvaluate()
    const { db } = world.ctx
    await db.delivery.deleteMany()
    await db.notification.deleteMany()
    const [row] = (await list({ text: 'key:upgraded' })).records
    await db.$executeRaw`UPDATE release_evaluation SET environment = NULL, environment_sha256 = NULL WHERE digest = ${row?.digest}`
    expect((await list({ text: 'key:upgraded' })).records[0]?.evaluation).toMatchObject({
      verdict: 'agrees',
      environment: null,
    })
    await readAndEvaluate()
    expect((await list({ text: 'key:upgraded' })).records[0]?.evaluation?.environment).toEqual(
      row?.evaluation?.environment,
    )
    expect(await told(key)).toEqual([])
  })
})
