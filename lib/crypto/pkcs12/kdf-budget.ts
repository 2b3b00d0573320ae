import type { KdfLimits } from '../key-file/read-result'
import { KeyFileRefused } from '../key-file/refusals'
import type { KeyDerivation } from '../password-based/key-derivation'

/** How many derivations at the limit one file may ask for in all: its MAC, its safes, its keys. */
const derivationsAtTheLimit = 4

export type KdfBudget = (kdf: KeyDerivation) => void

/**
 * A file of 256 keys, each at the limit, would keep a core busy for hours. The sum over one file is bounded, too. Throws
 * `kdf-beyond-limits` before the work that would pass it.
 */
export function kdfBudget(limits: KdfLimits): KdfBudget {
  let iterations = derivationsAtTheLimit * limits.pbkdf2Iterations
  let cost = derivationsAtTheLimit * limits.scryptCost
  return (kdf) => {
    if (kdf.kind === 'scrypt') cost -= kdf.N * kdf.r * kdf.p
    else iterations -= kdf.iterations
    if (iterations < 0 || cost < 0)
      throw new KeyFileRefused('kdf-beyond-limits', { detail: 'It is the sum over all its keys that is too much.' })
  }
}
