import { describe, expect, it } from 'vitest'
import { shortenMiddle } from './shorten-middle'

describe('shorten in the middle', () => {
  it('leaves what fits', () => expect(shortenMiddle('abcdef', 6)).toBe('abcdef'))
  it('keeps both ends and the asked length', () => expect(shortenMiddle('abcdefghij', 7)).toBe('abc…hij'))
})
