import { describe, expect, it } from 'vitest'
import { paramsDigest } from './params-digest'

describe('the digest of a call’s parameters', () => {
  it('does not depend on the order of members, nor on those that are undefined', () => {
    expect(paramsDigest({ a: 1, b: { c: [1, 2] } })).toBe(paramsDigest({ b: { c: [1, 2] }, a: 1, d: undefined }))
  })

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['null and absent', { a: null }, {}],
    ['one byte of a file', { file: new Uint8Array([1, 2]) }, { file: new Uint8Array([1, 3]) }],
    ['a file and a list of its bytes', { file: new Uint8Array([1]) }, { file: [1] }],
    ['a number and its text', { a: 1 }, { a: '1' }],
  ])('tells apart %s', (_title, left, right) => {
    expect(paramsDigest(left)).not.toBe(paramsDigest(right))
  })
})
