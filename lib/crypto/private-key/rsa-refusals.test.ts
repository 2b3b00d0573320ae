import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from '../base64'
import { inverse, toBytes, toInteger } from '../big-integer'
import type { Bytes } from '../bytes'
import { KeyFileRefused } from '../key-file/refusals'
import { sampleRsaNumbers } from '../testing/sample-keys'
import { compositeRsa, weakRsa } from '../testing/weak-rsa'
import { foundKey } from './found-key-of'
import type { RsaPrivateNumbers } from './private-numbers'

const sound = () => sampleRsaNumbers('RSA-2048')
const refusal = async (numbers: RsaPrivateNumbers) => {
  const cause: unknown = await foundKey(numbers).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return cause instanceof KeyFileRefused ? { code: cause.code, detail: cause.detail } : cause
}
const plus = (bytes: Bytes, more: bigint): Bytes => toBytes(toInteger(bytes) + more)

/** A key of the given primes, whatever they are; the exponents belong to them where they can. */
function keyOf(p: bigint, q: bigint, e = 65537n): RsaPrivateNumbers {
  const d = inverse(e, (p - 1n) * (q - 1n)) ?? 1n
  return { kind: 'RSA', n: toBytes(p * q), e: toBytes(e), d: toBytes(d), p: toBytes(p), q: toBytes(q) }
}

describe('RSA numbers that contradict each other', () => {
  it.each(['n', 'd', 'p', 'q'] as const)('are refused: %s is another', async (member) => {
    const numbers = sound()
    expect(await refusal({ ...numbers, [member]: plus(numbers[member], 2n) })).toMatchObject({
      code: 'rsa-inconsistent',
    })
  })

  it('are refused: the public exponent is another key’s', async () => {
    expect(await refusal({ ...sound(), e: toBytes(65539n) })).toMatchObject({ code: 'rsa-inconsistent' })
  })

  it('are refused: the primes are 1 and the modulus', async () => {
    const { n } = sound()
    expect(await refusal({ ...sound(), p: Uint8Array.of(1), q: n })).toMatchObject({ code: 'rsa-inconsistent' })
  })

  it.each(['dp', 'dq', 'qi'] as const)('are mended where the primes tell them, and it is said: %s', async (member) => {
    const numbers = sound()
    const whole = (await foundKey(sound())).toPrivateJwk()
    const [changed, absent] = [
      { ...numbers, [member]: plus(numbers[member], 2n) },
      { ...sound(), [member]: undefined },
    ]
    for (const given of [changed, absent]) {
      const key = await foundKey(given)
      expect(key.warnings).toEqual(['crt-recomputed'])
      expect(key.toPrivateJwk()).toEqual(whole)
    }
  })
})

describe('the private exponent', () => {
  it('may be inverse modulo λ(n) or φ(n), and stays what it was', async () => {
    const { e, p, q } = sound()
    const [pMinus, qMinus] = [toInteger(p) - 1n, toInteger(q) - 1n]
    const lambda = (pMinus * qMinus) / gcd(pMinus, qMinus)
    const smallest = inverse(toInteger(e), lambda) ?? 0n
    for (const d of [smallest, smallest + lambda]) {
      const jwk: Record<string, string> = (await foundKey({ ...sound(), d: toBytes(d) })).toPrivateJwk()
      expect(toInteger(decodeBase64Url(jwk.d ?? ''))).toBe(d)
    }
  })

  it('above the modulus is refused', async () => {
    const { d, p, q } = sound()
    const longer = toInteger(d) + (toInteger(p) - 1n) * (toInteger(q) - 1n) * 2n
    expect(await refusal({ ...sound(), d: toBytes(longer) })).toMatchObject({ code: 'rsa-inconsistent' })
  })
})

describe('an RSA key that the vault does not take', () => {
  it.each([1024n, 2047n, 2056n, 4104n, 8192n])('is refused for its size: %i bits', async (bits) => {
    const n = toBytes((1n << (bits - 1n)) + 1n)
    expect(await refusal({ ...sound(), n })).toEqual({ code: 'rsa-size', detail: `This one has ${bits}.` })
  })

  it('is refused without arithmetic where a number is absurdly long', async () => {
    const long = new Uint8Array(60_000).fill(0xff)
    for (const member of ['n', 'e', 'd', 'p', 'q']) {
      expect(await refusal({ ...sound(), [member]: long })).toMatchObject({ code: 'rsa-size' })
    }
  })

  it.each([0n, 1n, 2n, 3n, 65535n, 65536n, 65538n, (1n << 33n) + 1n])('is refused for its exponent: %i', async (e) => {
    expect(await refusal({ ...sound(), e: toBytes(e) })).toMatchObject({ code: 'rsa-exponent' })
  })

  it('is taken with another exponent than 65537, and it is said', async () => {
    const { p, q } = sound()
    const key = await foundKey(keyOf(toInteger(p), toInteger(q), 65539n))
    expect(key.warnings).toEqual(['crt-recomputed', 'unusual-exponent'])
  })
})

describe('an RSA key that can be broken', () => {
  it.each(Object.entries(weakRsa))('is refused: %s', async (_, { p, q, detail }) => {
    expect(await refusal(keyOf(p, q))).toEqual({ code: 'rsa-weak', detail })
  })

  it('is refused: its modulus has two equal primes', async () => {
    const p = toInteger(sound().p)
    const d = inverse(65537n, p - 1n) ?? 1n
    expect(await refusal({ ...keyOf(p, p), d: toBytes(d) })).toMatchObject({ code: 'rsa-weak' })
  })

  it('is refused by its signature: a factor is composite', async () => {
    const { composite, q } = compositeRsa
    expect(await refusal(keyOf(composite, q))).toEqual({ code: 'key-inconsistent', detail: undefined })
  })
})

describe('the numbers given', () => {
  it('are filled with zeros, whether the key is taken or refused', async () => {
    const [taken, refused] = [sound(), { ...sound(), e: Uint8Array.of(3) }]
    await foundKey(taken)
    await refusal(refused)
    for (const { d, p, q, dp, dq, qi } of [taken, refused]) {
      for (const secret of [d, p, q, dp, dq, qi]) expect(secret.every((byte) => byte === 0)).toBe(true)
    }
  })
})

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
