import { describe, expect, it } from 'vitest'
import { rangeWords } from './range-words'

describe('what part of a list is shown', () => {
  it.each([
    [{ page: 1, pageCount: 1, total: 1 }, '1 key'],
    [{ page: 1, pageCount: 1, total: 13 }, '13 keys'],
    [{ page: 2, pageCount: 25, total: 1204 }, '51 to 100 of 1,204 keys'],
    [{ page: 25, pageCount: 25, total: 1204 }, '1,201 to 1,204 of 1,204 keys'],
  ])('%j is %j', (page, words) => expect(rangeWords(page, 50, 'key', 'keys')).toBe(words))
})
