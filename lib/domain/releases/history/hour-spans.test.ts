import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hourSpans } from './hour-spans'

const HOUR = 3_600_000
const at = (hour: number) => Date.UTC(2026, 10, 22) + hour * HOUR

describe('the hours that were read', () => {
  it('show gaps as gaps, up to the hour that is under way', () => {
    const spans = hourSpans([at(5), at(1), at(2), at(2)], at(9) + 17)
    expect(spans.map(({ kind, from, hours }) => [kind, from.slice(11, 16), hours])).toEqual([
      ['gap', '06:00', 3],
      ['read', '05:00', 1],
      ['gap', '03:00', 2],
      ['read', '01:00', 2],
    ])
    expect(hourSpans([at(5)], at(5) + 17)).toMatchObject([{ kind: 'read', hours: 1 }])
    expect(hourSpans([], at(5))).toEqual([])
  })

  it('leave out no hour and count none twice, in whichever order files come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1 }), fc.nat(300), (hours, now) => {
        const spans = hourSpans(hours.map(at), at(now))
        const read = spans.filter(({ kind }) => kind === 'read').reduce((sum, span) => sum + span.hours, 0)
        const all = spans.reduce((sum, span) => sum + span.hours, 0)
        const [first, last] = [Math.min(...hours), Math.max(...hours) + 1]
        return read === new Set(hours).size && all === Math.max(last, now) - first
      }),
    )
  })
})
