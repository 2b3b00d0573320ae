import { expect, it } from 'vitest'
import { periodHours } from './period-hours'

const at = (hour: number) => Date.parse('2026-11-22T00:00:00.000Z') + hour * 3_600_000
const period = { since: new Date(at(0)), until: new Date(at(24) - 1) }

it('says of every hour of a period whether it has a file, also before the first and after the last', () => {
  const spans = periodHours([at(3), at(2), at(30), at(23)], period, new Date(at(48)))
  expect(spans.map(({ kind, from, hours }) => [kind, from.slice(11, 13), hours])).toEqual([
    ['gap', '00', 2],
    ['read', '02', 2],
    ['gap', '04', 19],
    ['read', '23', 1],
  ])
})

it('has no hours that are not over', () => {
  expect(periodHours([at(0)], period, new Date(at(1.5)))).toMatchObject([{ kind: 'read', hours: 1 }])
  expect(periodHours([], period, new Date(at(-1)))).toEqual([])
})
