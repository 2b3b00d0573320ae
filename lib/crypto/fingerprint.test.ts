import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asRawSecretKey } from './bytes'
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
  // openssl enc -aes-128-ecb -K … -nopad over 16 zero bytes
  it.each([
    [16, 'C6A13B'],
    [24, '916251'],
    [32, 'F29000'],
  ])('of %i bytes of AES is what OpenSSL’s ECB gives', async (length, theirs) => {
    expect(await aesKeyCheckValue(asRawSecretKey(Uint8Array.from({ length }, (_, at) => at)))).toBe(theirs)
  })

  it('is read from what people write', () => {
    for (const text of ['12ab9f', ' 12 AB 9F ', '12:ab:9f', 'KCV=12AB9F', '0x12ab9f'])
      expect(parseKeyCheckValue(text)).toBe('12AB9F')
    for (const text of ['', '12ab9', '12ab9f0', '12ab9g']) expect(parseKeyCheckValue(text)).toBeNull()
  })
})
