import { type KdfBudget, kdfBudget } from '../pkcs12/kdf-budget'
import type { KdfLimits } from './read-result'
import { KeyFileRefused } from './refusals'

/** Asked before each derivation; bounds their sum over one file of many keys. Throws `kdf-beyond-limits`. */
export interface OpeningBudget {
  spend: KdfBudget
  spendBcrypt(rounds: number): void
}

const derivationsAtTheLimit = 4

export function openingBudget(limits: KdfLimits): OpeningBudget {
  let rounds = derivationsAtTheLimit * limits.bcryptRounds
  return {
    spend: kdfBudget(limits),
    spendBcrypt: (asked) => {
      rounds -= asked
      if (rounds >= 0) return
      throw new KeyFileRefused('kdf-beyond-limits', { detail: 'It is the sum over all its keys that is too much.' })
    },
  }
}
