import { describe, expect, it } from 'vitest'
import { relativeWords, remainingWords, utcWords } from './time-words'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('time in words', () => {
  it.each([
    [0, 'just now'],
    [-30_000, '30 seconds ago'],
    [90 * minute, 'in 1 hour'],
    [3 * day, 'in 3 days'],
    [-800 * day, '2 years ago'],
    [729 * day, 'in 24 months'],
  ])('%i ms from now is %j', (ms, words) => expect(relativeWords(ms)).toBe(words))

  it.each([
    [-1, '0 s'],
    [42_000, '42 s'],
    [12 * minute, '12 min 0 s'],
    [4 * hour + 12 * minute, '4 h 12 min'],
    [3 * day + 4 * hour, '3 d 4 h'],
    [40 * day + 4 * hour, '40 d'],
  ])('%i ms left is %j', (ms, words) => expect(remainingWords(ms)).toBe(words))

  it('says the zone with every time', () => {
    expect(utcWords(new Date('2026-11-22T10:02:09Z'))).toBe('2026-11-22 10:02 UTC')
    expect(utcWords(new Date('2026-11-22T10:02:09Z'), true)).toBe('2026-11-22 10:02:09 UTC')
  })
})
