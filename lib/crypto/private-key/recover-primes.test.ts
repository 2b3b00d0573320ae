import { describe, expect, it } from 'vitest'
import { inverse, toBytes, toInteger } from '../big-integer'
import { readKeyFile } from '../key-file/read-key-file'
import { KeyFileRefused } from '../key-file/refusals'
import { sampleJwk, sampleRsaNumbers, sampleRsas } from '../testing/sample-keys'
import { recoverPrimes } from './recover-primes'

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (cause) {
    return cause instanceof KeyFileRefused ? cause.code : String(cause)
  }
}

describe('an RSA key given as n, e and d alone', () => {
  it.each(sampleRsas)('is the key it was: %s', async (name) => {
    const { kty, n, e, d } = sampleJwk(name)
    const [whole, bare] = await Promise.all(
      [sampleJwk(name), { kty, n, e, d }].map((jwk) => readKeyFile(new TextEncoder().encode(JSON.stringify(jwk)))),
    )
    if (whole?.result !== 'keys' || bare?.result !== 'keys') throw new Error('refused')
    const [one, other] = [whole.keys[0]?.toPrivateJwk(), bare.keys[0]?.toPrivateJwk()]
    if (one?.kty !== 'RSA' || other?.kty !== 'RSA') throw new Error('no RSA')
    expect([other.n, other.d, new Set([other.p, other.q])]).toEqual([one.n, one.d, new Set([one.p, one.q])])
    expect(bare.keys[0]?.warnings).toEqual(['crt-recomputed'])
  })

  it.each(sampleRsas)('is found whether d is inverse modulo φ(n) or λ(n): %s', (name) => {
    const { n, e, p, q } = sampleRsaNumbers(name)
    const [pMinus, qMinus] = [toInteger(p) - 1n, toInteger(q) - 1n]
    const phi = pMinus * qMinus
    for (const modulus of [phi, phi / gcd(pMinus, qMinus)]) {
      const d = toBytes(inverse(toInteger(e), modulus) ?? 0n)
      const found = recoverPrimes({ n, e, d })
      expect(new Set([toInteger(found.p), toInteger(found.q)])).toEqual(new Set([toInteger(p), toInteger(q)]))
    }
  })

  it('is refused soon where nothing follows from it', () => {
    const { n, e, d } = sampleRsaNumbers('RSA-4096')
    const start = Date.now()
    for (const other of [toInteger(d) + 2n, 0n, 1n, 3n, toInteger(n) - 1n]) {
      expect(refusalOf(() => recoverPrimes({ n, e, d: toBytes(other) }))).toBe('rsa-inconsistent')
    }
    expect(refusalOf(() => recoverPrimes({ n, e, d: new Uint8Array(100_000).fill(7) }))).toBe('rsa-inconsistent')
    expect(refusalOf(() => recoverPrimes({ n, e: Uint8Array.of(3), d }))).toBe('rsa-exponent')
    expect(refusalOf(() => recoverPrimes({ n: new Uint8Array(900).fill(7), e, d }))).toBe('rsa-size')
    expect(Date.now() - start).toBeLessThan(5000)
  })
})
