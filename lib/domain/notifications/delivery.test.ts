import { describe, expect, it } from 'vitest'
import { nextAttemptAt } from './delivery'

describe('the attempts of a delivery', () => {
  it('are ten, later and later, within a day', () => {
    const times = [0]
    for (let attempts = 1; attempts < 50; attempts += 1) {
      const next = nextAttemptAt(attempts, new Date(times.at(-1) ?? 0))
      if (next) times.push(next.getTime())
    }
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(times).toHaveLength(10)
    expect(times.at(-1)).toBeLessThanOrEqual(86_400_000)
    expect(times.at(-1)).toBeGreaterThan(20 * 3_600_000)
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
  })
})
