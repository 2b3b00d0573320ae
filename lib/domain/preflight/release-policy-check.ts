import { lintPolicy } from '../releases/lint-policy'
import { describeFinding } from '../releases/policy-finding'
import { readGivenPolicy } from '../releases/read-given-policy'
import { fail, pass, warn } from './check'
import type { Finding } from './report'

/**
 * The policy of a key that may be released: whether it can be read, and which traps it steps into.
 * @param vaultUrl null where no vault is chosen yet
 */
export function checkReleasePolicy(
  { text, immutable }: { text: string; immutable: boolean },
  vaultUrl: string | null,
): Finding {
  const given = readGivenPolicy(text, vaultUrl)
  if (!given.ok) return fail(given.error.message, given.error.remedy)
  const { policy, onThisMachine } = given.value
  const can = immutable ? 'can’t' : 'can'
  const note = onThisMachine ? ON_THIS_MACHINE : ''
  const fact = `Exportable under a policy that ${can} be changed later.${note}`
  const traps = lintPolicy(policy)
  if (traps.length === 0) return pass(fact)
  return warn(`${fact} ${traps.map(describeFinding).join(' ')}`, 'Correct the policy, or be sure that it is meant so.')
}

const ON_THIS_MACHINE = ' Its authority is on this machine, over plain http, as a vault on this machine may have it.'
