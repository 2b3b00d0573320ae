import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unwrapAesKwp, wrapAesKwp } from './aes-kwp'
import { CryptoError } from './crypto-error'
import { decodeHex, encodeHex } from './hex'
import { publishedVectors } from './testing/published-vectors'

type KwpTest = { tcId: number; key: string; msg: string; ct: string; result: 'valid' | 'invalid' }
const vectors = await publishedVectors<{ testGroups: { tests: KwpTest[] }[] }>('aes_kwp_test.json')
const tests = vectors?.testGroups.flatMap((group) => group.tests) ?? []

describe.skipIf(vectors === null)('AES-KWP against published vectors', () => {
  const valid = tests.filter(({ result }) => result === 'valid')
  const invalid = tests.filter(({ result }) => result === 'invalid')

  it('holds 77 valid and 177 invalid ones', () => {
    expect([valid.length, invalid.length]).toEqual([77, 177])
  })

  it('wraps and unwraps every valid one', () => {
    for (const { tcId, key, msg, ct } of valid) {
      expect(encodeHex(wrapAesKwp(decodeHex(key), decodeHex(msg))), `wrap ${tcId}`).toBe(ct)
      expect(encodeHex(unwrapAesKwp(decodeHex(key), decodeHex(ct))), `unwrap ${tcId}`).toBe(msg)
    }
  })

  it('refuses to unwrap every invalid one, and never produces one', () => {
    for (const { tcId, key, msg, ct } of invalid) {
      expect(() => unwrapAesKwp(decodeHex(key), decodeHex(ct)), `unwrap ${tcId}`).toThrow(CryptoError)
      const wrapped = msg === '' ? '' : encodeHex(wrapAesKwp(decodeHex(key), decodeHex(msg)))
      expect(wrapped, `wrap ${tcId}`).not.toBe(ct)
    }
  })
})

const aesKey = fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))

describe('AES-KWP', () => {
  it('refuses any changed bit', () => {
    fc.assert(
      fc.property(aesKey, fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (key, message, at) => {
        const wrapped = wrapAesKwp(key, message)
        const bit = at % (wrapped.length * 8)
        wrapped[bit >> 3] = (wrapped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => unwrapAesKwp(key, wrapped)).toThrow(CryptoError)
      }),
      { numRuns: 100 },
    )
  })

  it('names a wrong key length and an impossible input length', () => {
    expect(() => wrapAesKwp(new Uint8Array(15), new Uint8Array(8))).toThrow(
      expect.objectContaining({ code: 'key-length' }),
    )
    expect(() => wrapAesKwp(new Uint8Array(16), new Uint8Array(0))).toThrow(
      expect.objectContaining({ code: 'kwp-length' }),
    )
    expect(() => unwrapAesKwp(new Uint8Array(16), new Uint8Array(17))).toThrow(
      expect.objectContaining({ code: 'kwp-length' }),
    )
  })
})
