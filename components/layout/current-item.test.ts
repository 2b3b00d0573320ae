import { describe, expect, it } from 'vitest'
import { currentItem } from './current-item'

const hrefs = ['/', '/keys', '/keks', '/import/new']

describe('the current navigation entry', () => {
  it.each([
    ['/', '/'],
    ['/keys', '/keys'],
    ['/keys/vault/name', '/keys'],
    ['/keysmith', undefined],
    ['/import/new', '/import/new'],
    ['/elsewhere', undefined],
  ])('of %s is %s', (pathname, expected) => expect(currentItem(pathname, hrefs)).toBe(expected))
})
