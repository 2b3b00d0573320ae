import { describe, expect, it } from 'vitest'
import { withCount } from './with-count'

describe('the count in the title', () => {
  it.each([
    ['Keys', 0, 'Keys'],
    ['Keys', 2, '(2) Keys'],
    ['(2) Keys', 3, '(3) Keys'],
    ['(2) Keys', 0, 'Keys'],
    ['', 2, ''],
    ['Error: Keys', 2, 'Error: (2) Keys'],
    ['Error: (2) Keys', 0, 'Error: Keys'],
  ])('%j with %i waiting is %j', (title, count, expected) => expect(withCount(title, count)).toBe(expected))
})
