import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_SEEN } from '@/lib/domain/releases/history/first-seen'
import { LOG_DECISIONS } from '@/lib/domain/releases/history/vault-log-record'
import { type HistoryView, historyQuery, historyUrl, parseHistoryUrl } from './releases-url'

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const field = fc.string({ maxLength: 100 }).map((text) => text.replaceAll('"', ' ').trim())
const view: fc.Arbitrary<HistoryView> = fc.record({
  text: fc.string({ maxLength: 100 }).map((text) => text.trim()),
  ...{ key: field, vault: field, who: field, env: field },
  fromDay: fc.oneof(fc.constant(''), day),
  toDay: fc.oneof(fc.constant(''), day),
  decisions: fc.uniqueArray(fc.constantFrom(...LOG_DECISIONS)),
  first: fc.uniqueArray(fc.constantFrom(...FIRST_SEEN)),
  cursor: fc.option(
    fc.record({
      towards: fc.constantFrom('older' as const, 'newer' as const),
      digest: fc.stringMatching(/^[0-9a-f]{64}$/),
    }),
  ),
})

describe('the release history’s address', () => {
  it('leads back to the very same view', () => {
    fc.assert(
      fc.property(view, (shown) => {
        expect(parseHistoryUrl(historyUrl(shown))).toEqual(shown)
      }),
    )
  })

  it('is empty for the default view, and drops what it does not know', () => {
    expect(historyUrl(parseHistoryUrl({}))).toEqual({})
    const unknown = { from: '2026-02-30', decision: 'maybe', first: 'of all', older: '-1' }
    expect(historyUrl(parseHistoryUrl(unknown))).toEqual({})
  })

  it('asks for what its fields name, as the search’s terms do, and nothing a field holds is another term', () => {
    const { text } = historyQuery(parseHistoryUrl({ key: 'payroll', env: 'mr" -vault:x "signer', q: 'who:5d3f' }))
    expect(text).toBe('key:"payroll" env:"mr  -vault:x  signer" who:5d3f')
  })

  it('covers the last day whole', () => {
    const query = historyQuery(parseHistoryUrl({ from: '2026-11-01', to: '2026-11-22' }))
    expect(query).toMatchObject({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-22T23:59:59.999Z' })
  })
})
