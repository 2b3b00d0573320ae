import { bitLength, toBytes } from '../big-integer'
import { rsaPublicKey } from '../public-key'
import { publicKeyWeaknesses } from '../weak-public-key'

/** The product of all odd primes below 2^13: a common factor with it is a tiny factor. */
const tinyPrimes = oddPrimesBelow(8192)

/**
 * Why an RSA key can be broken, in words, or null. Looked for are what FIPS 186-5 A.1.1 and A.1.3 forbid (primes of
 * unequal length, too close to each other, a private exponent of at most half the modulus's length), tiny factors, and
 * the moduli of CVE-2017-15361.
 */
export function rsaWeakness({ n, d, p, q }: { n: bigint; d: bigint; p: bigint; q: bigint }): string | null {
  const half = bitLength(n) / 2
  if (bitLength(p) !== half || bitLength(q) !== half) return 'Its primes are of unequal length.'
  if (bitLength(p > q ? p - q : q - p) <= half - 100) return 'Its primes are too close to each other.'
  if (bitLength(d) <= half) return 'Its private exponent is too small.'
  if (hasTinyFactor(n)) return 'Its modulus has a tiny factor.'
  const weaknesses = publicKeyWeaknesses(rsaPublicKey(toBytes(n), Uint8Array.of(1, 0, 1)))
  return weaknesses.includes('rsa-roca') ? 'Its modulus is of the kind of CVE-2017-15361 (ROCA).' : null
}

/** Primes are taken in groups whose product fits 53 bits: one division of the long number for each. */
function hasTinyFactor(n: bigint): boolean {
  if (n % 2n === 0n) return true
  return tinyPrimes.some(({ product, primes }) => {
    const rest = Number(n % product)
    return primes.some((prime) => rest % prime === 0)
  })
}

function oddPrimesBelow(limit: number): { product: bigint; primes: number[] }[] {
  const composite = new Uint8Array(limit)
  const groups: { product: bigint; primes: number[] }[] = []
  let [product, primes]: [number, number[]] = [1, []]
  for (let candidate = 3; candidate < limit; candidate += 2) {
    if (composite[candidate] === 1) continue
    for (let multiple = candidate * candidate; multiple < limit; multiple += candidate) composite[multiple] = 1
    if (product * candidate > Number.MAX_SAFE_INTEGER) {
      groups.push({ product: BigInt(product), primes })
      ;[product, primes] = [1, []]
    }
    product *= candidate
    primes.push(candidate)
  }
  groups.push({ product: BigInt(product), primes })
  return groups
}
