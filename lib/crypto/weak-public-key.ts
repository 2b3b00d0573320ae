import { toInteger } from './big-integer'
import type { PublicKey } from './public-key'

/** Reasons why a well-formed public key should not be trusted. */
export type PublicKeyWeakness = 'rsa-too-short' | 'rsa-roca'

/** The weaknesses of a public key; none for a sound one. */
export function publicKeyWeaknesses(key: PublicKey): PublicKeyWeakness[] {
  if (key.kind === 'ec') return []
  const weaknesses: PublicKeyWeakness[] = []
  if (key.modulusBits < 2048) weaknesses.push('rsa-too-short')
  if (hasRocaFingerprint(toInteger(key.n))) weaknesses.push('rsa-roca')
  return weaknesses
}

const smallPrimes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157].map((prime) => ({
  prime: BigInt(prime),
  residues: powersOf65537(prime),
}))

function powersOf65537(prime: number): Set<number> {
  const residues = new Set<number>()
  for (let power = 1; !residues.has(power); power = (power * 65537) % prime) residues.add(power)
  return residues
}

/**
 * CVE-2017-15361 (ROCA): moduli from the faulty library are powers of 65537 modulo each of these primes, where a
 * sound modulus almost surely isn't (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017, section 2.3).
 */
const hasRocaFingerprint = (modulus: bigint): boolean =>
  smallPrimes.every(({ prime, residues }) => residues.has(Number(modulus % prime)))
