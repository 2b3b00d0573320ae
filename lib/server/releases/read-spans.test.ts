import { expect, it } from 'vitest'
import { lateSpans } from './read-spans'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOON = Date.UTC(2026, 10, 22, 12)

/** Rounds every minute for a day, each at its end at once. */
function roundsOfADay() {
  return Array.from({ length: 24 * 60 }, (_, minute) => {
    const now = NOON + minute * 60_000
    return { now, spans: lateSpans(now - 60_000, now - 60_000, now) }
  })
}

it('asks again for every instant of the last fourteen days within any thirteen hours, however late its record came', () => {
  const rounds = roundsOfADay()
  for (let age = HOUR_MS; age < 13 * DAY_MS; age += 5 * HOUR_MS) {
    const event = NOON - age
    const askedAt = rounds.filter(({ spans }) => spans.some(({ from, to }) => from <= event && event <= to))
    const waits = askedAt.map(({ now }, index) => now - (askedAt[index - 1]?.now ?? NOON))
    expect([age / HOUR_MS, Math.max(...waits, NOON + DAY_MS - (askedAt.at(-1)?.now ?? 0)) <= 13 * HOUR_MS]).toEqual([
      age / HOUR_MS,
      true,
    ])
  }
})

// Where 48 hours hold more than a round can read, each round began with them, and came to nothing newer.
it('asks for the last two hours before anything older, in every round', () => {
  for (const { now, spans } of roundsOfADay())
    expect(spans[0]).toEqual({ from: now - 60_000 - 2 * HOUR_MS, to: now - 60_000 })
})

it('asks for no more than three days and two hours in a round, and for two hours in most', () => {
  const asked = roundsOfADay().map(({ spans }) => spans.reduce((sum, { from, to }) => sum + to - from, 0))
  expect(Math.max(...asked)).toBeLessThanOrEqual(3 * DAY_MS + 2 * HOUR_MS)
  expect(asked.filter((each) => each > 2 * HOUR_MS)).toHaveLength(24)
})

it('asks for nothing again that it has not read once', () => {
  expect(lateSpans(null, null, NOON)).toEqual([])
  expect(lateSpans(NOON, null, NOON)).toEqual([])
})
