import { describe, expect, it } from 'vitest'
import { type DayCount, isByHour, overTime, sumOf } from './over-time'

const one = (day: string, more: Partial<DayCount> = {}): DayCount => ({
  ...{ day, key: { place: 1, vault: 'v', name: 'k' }, decision: 'allowed', count: 1, ...more },
})
const open = { from: null, to: null }

describe('releases over time', () => {
  it('has every step from the first day to the last, also those in which nothing happened', () => {
    const told = overTime([one('2026-11-03', { count: 2 }), one('2026-11-01', { decision: 'denied' })], open)
    expect(told).toMatchObject({ step: 'day', starts: ['2026-11-01', '2026-11-02', '2026-11-03'] })
    expect(told?.keys.map(({ counts }) => counts.map(sumOf))).toEqual([[1, 0, 2]])
    expect(told?.keys[0]?.totals).toEqual({ allowed: 2, denied: 1, failed: 0 })
    expect(overTime([one('2026-11-03')], { from: '2026-11-02', to: '2026-11-05' })?.starts).toHaveLength(4)
    const endless = { from: '1990-01-01', to: '2026-11-04' }
    expect(overTime([one('2026-11-03')], endless)).toMatchObject({ step: 'day', starts: ['2026-11-03'] })
    expect(overTime([], open)).toBeNull()
  })

  it('of at most three days is told by the hour, each of them', () => {
    const period = { from: '2026-02-28', to: '2026-03-02' }
    expect(isByHour(period)).toBe(true)
    const told = overTime([one('2026-02-28T00:00Z'), one('2026-03-02T23:00Z', { count: 2 })], period)
    expect(told).toMatchObject({ step: 'hour', end: '2026-03-02T23:00Z' })
    expect(told?.starts).toHaveLength(72)
    expect(told?.keys.map(({ counts }) => [counts.at(0), counts.at(-1)].map((each) => each?.allowed))).toEqual([[1, 2]])
    expect(told?.keys[0]?.totals.allowed).toBe(3)
    expect(overTime([], period)).toBeNull()
    for (const [from, to] of [
      ['2026-02-28', '2026-03-03'],
      ['2026-03-02', '2026-02-28'],
      [null, '2026-03-02'],
    ] as const)
      expect(isByHour({ from, to })).toBe(false)
  })

  it('shows the most released first and all the others together last', () => {
    const others = one('2026-11-01', { key: null })
    const second = one('2026-11-01', { key: { place: 2, vault: 'v', name: 'second' } })
    const told = overTime([others, second, one('2026-11-02')], open)
    expect(told?.keys.map(({ key }) => key?.name)).toEqual(['k', 'second', undefined])
  })

  it.each([
    ['2026-10-01', '2026-11-30', 'day'],
    ['2026-08-01', '2026-11-30', 'week'],
    ['2024-12-31', '2026-11-30', 'month'],
    ['2016-02-29', '2026-11-30', 'year'],
    ['0001-01-01', '9998-12-31', 'year'],
  ])('takes steps of a length that can be told apart, and loses no call: %s to %s by %s', (from, to, step) => {
    const told = overTime([one(from), one(to)], open)
    expect(told?.step).toBe(step)
    expect(told?.starts.length).toBeLessThanOrEqual(62)
    expect(new Set(told?.starts).size).toBe(told?.starts.length)
    expect(told?.keys[0]?.totals.allowed).toBe(2)
  })
})
