import { describe, expect, it } from 'vitest'
import { addDuration, parseDuration, roughDays } from './duration'

const at = (text: string) => Date.parse(text) / 1000
const move = (from: string, text: string, sign: 1 | -1 = 1) => {
  const duration = parseDuration(text)
  return duration && new Date(addDuration(at(from), duration, sign) * 1000).toISOString()
}

describe('ISO 8601 durations', () => {
  it.each(['', 'P', 'PT', 'P0D', 'PT0S', '90D', 'p90d', 'P-1D', 'P1.5D', 'P1DT', 'P1H', 'P123456D', 'P90D ', 'P1D2M'])(
    '"%s" is none',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  )

  it.each([
    ['P90D', 90],
    ['P2W', 14],
    ['P1Y10D', 375],
    ['PT48H', 2],
    ['P3M', 90],
    ['P1DT12H', 1.5],
  ])('%s is about %d days', (text, days) => {
    const duration = parseDuration(text)
    expect(duration && roughDays(duration)).toBe(days)
  })

  it.each([
    ['2026-01-31T10:20:30Z', 'P1M', 1, '2026-02-28T10:20:30.000Z'],
    ['2026-01-31T10:20:30Z', 'P18M', 1, '2027-07-31T10:20:30.000Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', 1, '2025-02-28T00:00:00.000Z'],
    ['2026-03-31T23:59:59Z', 'P1M', -1, '2026-02-28T23:59:59.000Z'],
    ['2026-01-15T00:00:00Z', 'P30D', -1, '2025-12-16T00:00:00.000Z'],
    ['2026-01-15T00:00:00Z', 'PT48H', 1, '2026-01-17T00:00:00.000Z'],
  ] as const)('%s and %s, %i: %s', (from, text, sign, expected) => expect(move(from, text, sign)).toBe(expected))
})
