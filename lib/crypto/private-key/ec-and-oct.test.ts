import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBytes, toInteger } from '../big-integer'
import { curves } from '../curves'
import { encodeHex } from '../hex'
import { sampleCurves, sampleEcNumbers, samplePkcs8 } from '../testing/sample-keys'
import { derivePoint } from './derive-point'
import { foundKey } from './found-key-of'
import { keyWarnings } from './key-warnings'
import { hasWeakPattern } from './weak-pattern'

const code = (expected: string) => expect.objectContaining({ code: expected })
const counting = (length: number, step = 1) => Uint8Array.from({ length }, (_, at) => at * step)

describe.each(sampleCurves)('a key on %s', (curve) => {
  const { order, coordinateBytes, gx, gy } = curves[curve]
  const full = (value: bigint) => {
    const bytes = new Uint8Array(coordinateBytes)
    const short = toBytes(value)
    bytes.set(short, coordinateBytes - short.length)
    return bytes
  }

  it('gets its public half computed where there is none, and it is said', async () => {
    const key = await foundKey({ ...sampleEcNumbers(curve), point: undefined })
    expect(encodeHex(key.material)).toBe(encodeHex(samplePkcs8(curve)))
    expect(key.warnings).toEqual(['public-half-computed', 'no-redundancy'])
  })

  it('that a MAC proved whole needs no word about damage', async () => {
    const key = await foundKey({ ...sampleEcNumbers(curve), point: undefined }, { whole: true })
    expect(key.warnings).toEqual(['public-half-computed'])
  })

  it('is taken at both ends of the range and refused beyond', async () => {
    expect(await derivePoint(curve, full(1n))).toEqual({ x: full(gx), y: full(gy) })
    expect(await derivePoint(curve, full(order - 1n))).toEqual({ x: full(gx), y: full(curves[curve].p - gy) })
    for (const d of [0n, order, order + 1n, order * 256n]) {
      await expect(foundKey({ kind: 'EC', curve, d: toBytes(d) })).rejects.toEqual(code('ec-inconsistent'))
    }
  })

  it('may come with fewer or more leading zeros, and gets its full length', async () => {
    const short = await foundKey({ kind: 'EC', curve, d: toBytes(5n) })
    const long = await foundKey({ kind: 'EC', curve, d: new Uint8Array([...new Uint8Array(9), ...full(5n)]) })
    expect(encodeHex(short.material)).toBe(encodeHex(long.material))
    expect(short.toPrivateJwk()).toMatchObject({ crv: curve, d: expect.stringMatching(/^A+BQ$|^A+U$|^A+F$/) })
  })

  it('is refused where its public half is another key’s, or no point at all', async () => {
    const { d, point } = sampleEcNumbers(curve)
    const other = await derivePoint(curve, full(7n))
    const negative = { x: point.x, y: full(curves[curve].p - toInteger(point.y)) }
    for (const wrong of [other, negative, { x: point.y, y: point.x }, { x: full(0n), y: full(0n) }]) {
      const given = { kind: 'EC', curve, d: Uint8Array.from(d), point: wrong } as const
      await expect(foundKey(given)).rejects.toEqual(code('ec-inconsistent'))
    }
  })
})

describe('a symmetric key', () => {
  // openssl enc -aes-128-ecb and openssl mac … CMAC, over 16 zero bytes
  it.each([
    [16, { ecb: 'C6A13B', cmac: 'BE7ED6' }],
    [24, { ecb: '916251', cmac: 'D4FFB8' }],
    [32, { ecb: 'F29000', cmac: '377822' }],
  ])('of %i bytes has the check values that OpenSSL computes', async (length, kcv) => {
    expect(await foundKey({ kind: 'oct', bytes: counting(length) })).toMatchObject({
      kcv,
      warnings: ['weak-pattern', 'no-redundancy'],
    })
  })

  it.each([0, 1, 8, 15, 17, 31, 33, 64])('of %i bytes is refused', async (length) => {
    await expect(foundKey({ kind: 'oct', bytes: new Uint8Array(length) })).rejects.toEqual(code('symmetric-length'))
  })

  it.each([
    ['zeros', new Uint8Array(16)],
    ['equal bytes', new Uint8Array(32).fill(0xa5)],
    ['bytes that count up', counting(24)],
    ['bytes that count down by three', counting(16, -3)],
    ['a repeated block', new Uint8Array([...counting(8, 37), ...counting(8, 37)])],
    ['a block repeated but for its end', new Uint8Array([...counting(10, 91), ...counting(6, 91)])],
    ['text', new TextEncoder().encode('correct horse ba')],
    ['hexadecimal digits taken for bytes', new TextEncoder().encode('00112233445566778899aabbccddeeff')],
    ['few values', new Uint8Array([...new Uint8Array(24), 1, 2, 3, 1, 2, 3, 1, 2])],
    ['mostly zeros', new Uint8Array([...new Uint8Array(24), ...counting(8, 29)])],
  ])('of %s is warned of', (_, bytes) => {
    expect(hasWeakPattern(bytes)).toBe(true)
  })

  it('of random bytes is not', () => {
    for (let round = 0; round < 3000; round++) {
      for (const length of [16, 24, 32]) {
        expect(hasWeakPattern(crypto.getRandomValues(new Uint8Array(length)))).toBe(false)
      }
    }
  })

  it('of zeros can be wiped, and then is no key any more', async () => {
    const key = await foundKey({ kind: 'oct', bytes: new Uint8Array(16) })
    expect(key.toPrivateJwk()).toEqual({ kty: 'oct', k: 'A'.repeat(22) })
    key.wipe()
    expect(() => key.toPrivateJwk()).toThrow(code('key-wiped'))
  })

  it('that sealing consumed is no key any more', async () => {
    const key = await foundKey({ kind: 'oct', bytes: crypto.getRandomValues(new Uint8Array(32)) })
    key.material.fill(0)
    expect(() => key.toPrivateJwk()).toThrow(code('key-wiped'))
  })
})

it('every number comes back from bytes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 600n }), (value) => {
      expect(toInteger(toBytes(value))).toBe(value)
    }),
  )
})

it('every warning has a sentence', () => {
  for (const sentence of Object.values(keyWarnings)) expect(sentence).toMatch(/^[A-Z].+\.$/)
})
