import { bitLength, toBytes, toInteger } from '../big-integer'
import type { Bytes } from '../bytes'
import { KeyFileRefused } from '../key-file/refusals'
import { checkPublicHalf } from './rsa-key'

/** Common factors of p − 1 and q − 1 that are tried. A larger one is rare, and matters where d is inverse modulo λ(n) alone. */
const largestCommonFactor = 2 ** 14

/**
 * The primes of an RSA key given as n, e and d alone. With d inverse modulo φ(n)/g, g·(d·e − 1) = k·φ(n); since φ(n) is
 * n but for p + q − 1, k is the quotient by n, rounded up, for each small g; then p and q solve a quadratic equation
 * (NIST SP 800-56B appendix C.2, which has g = 1). Without chance, and within 100 ms for 4096 bits, be the numbers what
 * they may. Throws `rsa-size`, `rsa-exponent`, `rsa-inconsistent`.
 */
export function recoverPrimes(given: { n: Bytes; e: Bytes; d: Bytes }): { p: Bytes; q: Bytes } {
  const { n, e } = checkPublicHalf(given)
  const product = given.d.length > given.n.length ? 0n : toInteger(given.d) * e - 1n
  for (let g = 1n, multiple = product; g <= largestCommonFactor && product > 0n; g++, multiple += product) {
    const k = multiple / n + 1n
    if (multiple % k !== 0n) continue
    const primes = primesOfSum(n, n + 1n - multiple / k)
    if (primes !== null) return primes
  }
  throw new KeyFileRefused('rsa-inconsistent', {
    detail: 'The file holds no primes, and none follow from its exponents.',
  })
}

/** The two factors of `n` whose sum is `sum`: x² − sum·x + n = 0. */
function primesOfSum(n: bigint, sum: bigint): { p: Bytes; q: Bytes } | null {
  // No two factors of equal length have a longer sum: an absurd one is not worth a root.
  if (sum <= 0n || bitLength(sum) > bitLength(n) / 2 + 2) return null
  const square = sum * sum - 4n * n
  const root = square < 0n ? null : integerRoot(square)
  if (root === null) return null
  const [p, q] = [(sum + root) / 2n, (sum - root) / 2n]
  return p * q === n ? { p: toBytes(p), q: toBytes(q) } : null
}

/** By Newton's steps from above, each of which halves the error at least; null where it is no integer. */
function integerRoot(square: bigint): bigint | null {
  let root = 1n << BigInt(Math.ceil(bitLength(square) / 2) + 1)
  for (;;) {
    const next = (root + square / root) >> 1n
    if (next >= root) return root * root === square ? root : null
    root = next
  }
}
