import type { KdfLimits } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import type { KeyDerivation } from './key-derivation'

/** Throws `kdf-beyond-limits`, with the value, before any work is done. */
export function expectWithinLimits(kdf: KeyDerivation, limits: KdfLimits): void {
  if (kdf.kind === 'scrypt') expectScryptWithinLimits(kdf, limits)
  else if (kdf.iterations > limits.pbkdf2Iterations)
    refuse(`${count(kdf.iterations)} iterations; at most ${limits.pbkdf2Iterations} are taken on.`)
}

function expectScryptWithinLimits({ N, r, p }: { N: number; r: number; p: number }, limits: KdfLimits): void {
  const asked = `scrypt with N=${count(N)}, r=${count(r)}, p=${count(p)}`
  if (128 * N * r > limits.scryptMemory)
    refuse(`${asked} takes ${count(128 * N * r)} bytes of memory; at most ${limits.scryptMemory} are given.`)
  if (N * r * p > limits.scryptCost) refuse(`${asked} is N·r·p = ${count(N * r * p)}; at most ${limits.scryptCost}.`)
  // The p blocks are held in memory beside the N: a tiny N would let them through the first check.
  if (128 * r * p > limits.scryptMemory / 16)
    refuse(`${asked} takes ${count(128 * r * p)} bytes for its blocks; at most ${limits.scryptMemory / 16}.`)
}

const count = (value: number) => (Number.isFinite(value) ? String(value) : 'more than 2^48')

function refuse(detail: string): never {
  throw new KeyFileRefused('kdf-beyond-limits', { detail: `It asks for ${detail}` })
}
