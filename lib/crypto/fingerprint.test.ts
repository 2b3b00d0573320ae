import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asRawSecretKey, copyBytes } from './bytes'
import { compareFingerprints, groupFingerprint, parseFingerprint } from './fingerprint'
import { encodeHex } from './hex'
import { aesKeyCheckValue, parseKeyCheckValue } from './key-check-value'

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeHex)

describe('a fingerprint', () => {
  it('is shown in sixteen groups of four, and read back from any grouping', () => {
    fc.assert(
      fc.property(
        digest,
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(':', ' ', '-', '\n', '. '),
        (hex, size, mark) => {
          expect(groupFingerprint(hex).split(' ')).toHaveLength(16)
          expect(parseFingerprint(groupFingerprint(hex))).toBe(hex)
          expect(parseFingerprint(hex.match(new RegExp(`.{1,${size}}`, 'g'))?.join(mark) ?? '')).toBe(hex)
        },
      ),
    )
  })

  it('of another length or with other letters is none', () => {
    for (const text of ['', 'ab', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)])
      expect(parseFingerprint(text)).toBeNull()
  })

  it('differs from another at a named group', () => {
    const hex = '0123456789abcdef'.repeat(4)
    expect(compareFingerprints(hex, hex.toUpperCase())).toEqual({ equal: true })
    expect(compareFingerprints(hex, `${hex.slice(0, 9)}f${hex.slice(10)}`)).toEqual({
      equal: false,
      group: 3,
      left: '89AB',
      right: '8FAB',
    })
    expect(compareFingerprints(hex, hex.slice(0, 60))).toMatchObject({ equal: false, group: 16 })
  })
})

describe('a key check value', () => {
  it.each([16, 24, 32])('of %i bytes of AES is what ECB gives', async (length) => {
    const key = randomBytes(length)
    const cipher = createCipheriv(`aes-${length * 8}-ecb`, key, null)
    const ecb = cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase()
    expect(await aesKeyCheckValue(asRawSecretKey(copyBytes(key)))).toBe(ecb)
  })

  it('is read from what people write', () => {
    for (const text of ['12ab9f', ' 12 AB 9F ', '12:ab:9f', 'KCV=12AB9F', '0x12ab9f'])
      expect(parseKeyCheckValue(text)).toBe('12AB9F')
    for (const text of ['', '12ab9', '12ab9f0', '12ab9g']) expect(parseKeyCheckValue(text)).toBeNull()
  })
})
