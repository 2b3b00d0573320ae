import { bitLength, inverse, toInteger } from '../big-integer'
import type { Bytes } from '../bytes'
import { KeyFileRefused } from '../key-file/refusals'
import type { RsaPrivateNumbers } from './private-numbers'
import { rsaWeakness } from './rsa-weakness'

/** The members of RFC 8017's RSAPrivateKey, in agreement with one another. */
export interface RsaKey {
  bits: 2048 | 3072 | 4096
  n: bigint
  e: bigint
  d: bigint
  p: bigint
  q: bigint
  dp: bigint
  dq: bigint
  qi: bigint
  /** The CRT members were absent or wrong, and are computed. */
  crtRecomputed: boolean
}

/** BoringSSL, and so Chromium, takes public exponents of at most 33 bits; no tool makes longer ones unasked. */
const longestExponent = 33

/**
 * The numbers of an RSA key, checked against one another, CRT members computed where they are missing or wrong. `d` stays
 * what it was, be it inverse modulo λ(n) or φ(n), as long as it is below n (RFC 8017 section 3.2). That p and q are prime
 * is not shown here: a signature tells. Throws `rsa-size`, `rsa-exponent`, `rsa-inconsistent` or `rsa-weak`.
 */
export function checkRsa(numbers: RsaPrivateNumbers): RsaKey {
  const { n, e, bits } = checkPublicHalf(numbers)
  const [d, p, q] = [toIntegerWithin(numbers.d), toIntegerWithin(numbers.p), toIntegerWithin(numbers.q)]
  const [pMinus, qMinus] = [p - 1n, q - 1n]
  if (p * q !== n) throw new KeyFileRefused('rsa-inconsistent', { detail: 'The primes don’t make the modulus.' })
  if (pMinus === 0n || qMinus === 0n) throw new KeyFileRefused('rsa-inconsistent', { detail: 'A prime is 1.' })
  if (d >= n || (d * e) % pMinus !== 1n || (d * e) % qMinus !== 1n) {
    throw new KeyFileRefused('rsa-inconsistent', { detail: 'The exponents don’t belong to each other.' })
  }
  const weakness = rsaWeakness({ n, d, p, q })
  if (weakness !== null) throw new KeyFileRefused('rsa-weak', { detail: weakness })
  return { bits, n, e, d, p, q, ...crtMembers(numbers, { d, p, q }) }
}

/** A modulus and an exponent that a vault takes. Throws `rsa-size` or `rsa-exponent`. */
export function checkPublicHalf(numbers: { n: Bytes; e: Bytes }): Pick<RsaKey, 'n' | 'e' | 'bits'> {
  const n = toIntegerWithin(numbers.n)
  const bits = sizeOf(n)
  const e = toIntegerWithin(numbers.e)
  checkExponent(e)
  return { n, e, bits }
}

/** Numbers of over 16384 bits are not even looked at: arithmetic on them takes time. */
function toIntegerWithin(bytes: Uint8Array): bigint {
  if (bytes.length > 2049) throw new KeyFileRefused('rsa-size', { detail: 'It holds a number of over 16384 bits.' })
  return toInteger(bytes)
}

function sizeOf(n: bigint): RsaKey['bits'] {
  const bits = bitLength(n)
  if (bits === 2048 || bits === 3072 || bits === 4096) return bits
  throw new KeyFileRefused('rsa-size', { detail: `This one has ${bits}.` })
}

function checkExponent(e: bigint): void {
  const text = bitLength(e) > longestExponent ? `It has ${bitLength(e)} bits.` : `It is ${e}.`
  if (e % 2n === 0n || e < 65537n || bitLength(e) > longestExponent) {
    throw new KeyFileRefused('rsa-exponent', { detail: text })
  }
}

type Crt = Pick<RsaKey, 'dp' | 'dq' | 'qi' | 'crtRecomputed'>

function crtMembers(given: RsaPrivateNumbers, { d, p, q }: { d: bigint; p: bigint; q: bigint }): Crt {
  const [dp, dq] = [d % (p - 1n), d % (q - 1n)]
  const [givenDp, givenDq, givenQi] = [given.dp, given.dq, given.qi].map((bytes) => bytes && toIntegerWithin(bytes))
  const right = givenQi !== undefined && givenQi < p && (givenQi * q) % p === 1n
  const qi = right ? givenQi : inverse(q, p)
  if (qi === null) throw new KeyFileRefused('rsa-weak', { detail: 'Its primes share a factor.' })
  return { dp, dq, qi, crtRecomputed: !(right && givenDp === dp && givenDq === dq) }
}
