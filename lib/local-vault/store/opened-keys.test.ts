import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openedKeys } from './opened-keys'

const part = { family: 'oct', bits: 256 } as const

describe('opened keys', () => {
  it('reads a secret once, and wipes what it read', () => {
    const keys = openedKeys()
    const secret = randomBytes(32)
    const copy = Buffer.from(secret)
    expect(keys.get('a', part, () => secret).export()).toEqual(copy)
    expect(secret).toEqual(Buffer.alloc(32))
    const again = keys.get('a', part, () => {
      throw new Error('read twice')
    })
    expect(again.export()).toEqual(copy)
  })

  it('drops the one that was not used for longest', () => {
    const keys = openedKeys(2)
    const read: string[] = []
    const use = (place: string) =>
      keys.get(place, part, () => {
        read.push(place)
        return randomBytes(32)
      })
    for (const place of ['a', 'b', 'a', 'c', 'a', 'b']) use(place)
    expect(read).toEqual(['a', 'b', 'c', 'b'])
  })

  it('forgets what was purged', () => {
    const keys = openedKeys()
    keys.get('a', part, () => Buffer.alloc(32, 1))
    keys.forget('a')
    expect(keys.get('a', part, () => Buffer.alloc(32, 2)).export()).toEqual(Buffer.alloc(32, 2))
  })

  it('stores no key that does not open', () => {
    const keys = openedKeys()
    expect(() => keys.get('a', { family: 'RSA', bits: 2048, n: '', e: '' }, () => Buffer.alloc(8))).toThrow()
    expect(keys.get('a', part, () => Buffer.alloc(32, 3)).export()).toEqual(Buffer.alloc(32, 3))
  })
})
