import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIRST_SEEN, type FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { readLogLines } from '@/lib/domain/releases/history/read-log-text'
import type { HistoryQuery, ReleaseView } from '@/lib/domain/releases/history/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { listReleases } from './list-releases'
import { saveFileRows, toFileRows } from './save-pieces'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

let vaults = 0
const record = fc.record({
  second: fc.nat(20),
  key: fc.constantFrom('payroll', 'PAYROLL', 'ledger'),
  oid: fc.constantFrom('ann', 'bob', undefined),
  address: fc.constantFrom('10.0.0.1', '10.0.0.2', undefined),
  status: fc.constantFrom(200, 403),
  call: fc.nat(200),
})
type Told = {
  second: number
  key: string
  oid: string | undefined
  address: string | undefined
  status: number
  call: number
}

const line = (vault: string, { second, key, oid, address, status, call }: Told) =>
  JSON.stringify({
    time: new Date(Date.UTC(2026, 10, 22, 23, 59, 50 + second)).toISOString(),
    operationName: 'KeyRelease',
    correlationId: `call-${call}`,
    callerIpAddress: address,
    identity: { claim: { oid } },
    properties: { id: `https://${vault}.vault.azure.net/keys/${key}`, httpStatusCode: status },
    resourceId: `/VAULTS/${vault}`,
  })

/** Read in the pieces given, each in a transaction of its own. */
async function read(vault: string, pieces: readonly (readonly Told[])[]): Promise<void> {
  const mark = { place: 'folder:test', path: vault, shape: 'lines', readTo: 0, size: 0, lookedTo: 0 } as const
  for (const piece of pieces) {
    const reading = readLogLines(piece.map((told) => line(vault, told)))
    await saveFileRows(testConsole.ctx, [toFileRows(testConsole.ctx, { mark, reading }, () => null)])
  }
}

const list = (vault: string, more: Partial<HistoryQuery> = {}) =>
  listReleases(testConsole.ctx, testConsole.actors.auditor, {
    ...{ text: `vault:${vault}`, from: null, to: null, decisions: [], first: [], cursor: null, pageSize: 500 },
    ...more,
  })

const VALUE_OF = {
  person: ({ objectId }) => objectId,
  address: ({ address }) => address,
  environment: ({ evaluation }) => evaluation?.environment?.sha256 ?? null,
} satisfies Record<FirstSeen, (release: ReleaseView) => string | null>

/** What is first, by going through the whole history from its beginning: the rule, without any of the means. */
function firstsOf(newestFirst: readonly ReleaseView[]): FirstSeen[][] {
  const seen = new Set<string>()
  const isNew = (each: string) => !seen.has(each) && seen.add(each).size > 0
  return newestFirst
    .toReversed()
    .map((each) =>
      FIRST_SEEN.filter((kind) => {
        const value = VALUE_OF[kind](each)
        if (value === null) return false
        const of = `${kind} ${each.keyName?.toLowerCase()} ${value}`
        const [first, firstReleased] = [isNew(of), each.decision === 'allowed' && isNew(`released ${of}`)]
        return first || firstReleased
      }),
    )
    .toReversed()
}

const words = ({ at, keyName, decision, objectId, address, correlationId }: ReleaseView) =>
  [at, keyName, decision, objectId, address, correlationId].join(' ')

/** A day before and the day after: the records lie around midnight. */
const days = [
  { from: null, to: '2026-11-22T23:59:59.999Z' },
  { from: '2026-11-23T00:00:00.000Z', to: null },
]

describe('pages', () => {
  it('show every record once, forwards and backwards, whatever the search', async () => {
    const vault = 'vault-of-pages'
    const told = Array.from({ length: 23 }, (_, at) => ({
      ...{ second: at % 5, key: 'payroll' as const, oid: at % 2 ? ('ann' as const) : ('bob' as const) },
      ...{ address: `10.0.0.${at % 13}`, status: 200 as const, call: at },
    }))
    await read(vault, [told])
    for (const more of [{}, { text: '' }, { text: 'who:ann' }, { first: ['person'] as const }]) {
      const all = (await list(vault, more)).records.map(({ digest }) => digest)
      const seen: string[] = []
      let page = await list(vault, { ...more, pageSize: 4 })
      for (;;) {
        seen.push(...page.records.map(({ digest }) => digest))
        if (!page.hasOlder) break
        const cursor = { towards: 'older', digest: seen.at(-1) ?? '' } as const
        page = await list(vault, { ...more, pageSize: 4, cursor })
      }
      expect(seen).toEqual(all)
      const back: string[] = page.records.map(({ digest }) => digest)
      while (page.hasNewer) {
        const cursor = { towards: 'newer', digest: back[0] ?? '' } as const
        page = await list(vault, { ...more, pageSize: 4, cursor })
        back.unshift(...page.records.map(({ digest }) => digest).filter((digest) => !back.includes(digest)))
      }
      expect(back).toEqual(all)
    }
    const nowhere = { towards: 'older', digest: '0'.repeat(64) } as const
    expect(await list(vault, { cursor: nowhere })).toEqual(await list(vault))
  })

  it('are the same where more calls match than are asked one by one', async () => {
    const vault = 'vault-of-many'
    const told = Array.from({ length: 2_100 }, (_, at) => ({
      ...{ second: at % 50, key: 'payroll' as const, oid: 'ann' as const, address: `10.1.${at >> 8}.${at & 255}` },
      ...{ status: 200 as const, call: at },
    }))
    await read(vault, [told])
    const many = await list(vault, { pageSize: 20 })
    expect(many).toMatchObject({ total: 2_100, hasOlder: true, hasNewer: false })
    expect(many.records).toEqual((await list(vault, { text: vault, pageSize: 20 })).records)
    expect(many.records.map(({ at }) => at)).toEqual(Array(20).fill('2026-11-23T00:00:39.000Z'))
  })

  it('find a record by its correlation id', async () => {
    const vault = 'vault-of-calls'
    await read(vault, [[{ second: 1, key: 'payroll', oid: 'ann', address: '10.0.0.1', status: 200, call: 77_001 }]])
    const { records, total } = await list(vault, { text: 'CALL-77001' })
    expect([records.length, total]).toEqual([1, 1])
    expect(await list(vault, { text: 'call-77001' })).toMatchObject({ total: 1, records: [{ keyName: 'payroll' }] })
    expect(await list(vault, { text: 'call-77001 who:bob' })).toMatchObject({ total: 0, records: [] })
  })
})

describe('records in any order, in any pieces, some twice', () => {
  it('make the same history, with the same firsts and counts', async () => {
    const pieces = fc
      .array(record, { minLength: 1, maxLength: 25 })
      .chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray(records, { minLength: records.length }),
          fc.array(fc.constantFrom(...records), { maxLength: 5 }),
          fc.nat(records.length),
        ),
      )
    await fc.assert(
      fc.asyncProperty(pieces, async ([records, shuffled, again, cut]) => {
        const [one, other] = [`vault-a${vaults}x`, `vault-b${vaults++}x`]
        await read(one, [records])
        await read(other, [shuffled.slice(0, cut), again, shuffled.slice(cut), shuffled])
        const [straight, mixed] = [await list(one), await list(other)]
        expect(mixed.records.map(words).sort()).toEqual(straight.records.map(words).sort())
        for (const { records: shown, total } of [straight, mixed]) {
          expect(shown.map(({ firstSeen }) => firstSeen)).toEqual(firstsOf(shown))
          expect(total).toBe(shown.length)
        }
        for (const kind of FIRST_SEEN) {
          const { records: firsts, total } = await list(other, { first: [kind] })
          expect(firsts).toEqual(mixed.records.filter(({ firstSeen }) => firstSeen.includes(kind)))
          expect(total).toBe(firsts.length)
        }
        const perDay = await Promise.all(days.map((span) => list(other, span)))
        for (const { records: shown, total } of perDay) expect(shown).toHaveLength(total)
        expect(perDay.map(({ total }) => total).reduce((sum, each) => sum + each)).toBe(mixed.total)
      }),
      { numRuns: 20 },
    )
  })
})
