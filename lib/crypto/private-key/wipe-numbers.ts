import { wipe } from '../bytes'
import type { PrivateNumbers } from './private-numbers'

/** Fills the secret members with zeros, of the numbers that nobody is going to check. */
export function wipeNumbers(numbers: PrivateNumbers): void {
  wipe(...secretsOf(numbers).filter((bytes) => bytes !== undefined))
}

function secretsOf(numbers: PrivateNumbers) {
  if (numbers.kind === 'oct') return [numbers.bytes]
  if (numbers.kind === 'EC') return [numbers.d]
  const { d, p, q, dp, dq, qi } = numbers
  return [d, p, q, dp, dq, qi]
}
