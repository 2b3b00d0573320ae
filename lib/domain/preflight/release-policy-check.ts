import { placeOfAuthority } from '../releases/authority-address'
import { FOREIGN_DIALECTS, recogniseDialect } from '../releases/foreign-dialects'
import { lintPolicy } from '../releases/lint-policy'
import { parseReleasePolicy } from '../releases/parse-policy'
import { maxPolicyJsonDepth } from '../releases/policy'
import { describeFinding } from '../releases/policy-finding'
import { describeProblem } from '../releases/policy-problem'
import { readPlainJson } from '../releases/read-plain-json'
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
  const foreign = recogniseDialect(text)
  if (foreign) return fail(FOREIGN_DIALECTS[foreign.dialect], remedyFor(foreign.policy))
  const plain = readPlainJson(text, maxPolicyJsonDepth)
  if (!plain.ok && plain.error.code === 'duplicate-member') return fail(MEMBER_TWICE, 'Correct the release policy.')
  const read = parseReleasePolicy(text)
  if (!read.ok) return fail(describeProblem(read.error), 'Correct the release policy.')
  const places = read.value.authorities.map(({ authority }) => placeOfAuthority(authority, vaultUrl))
  if (places.includes('refused')) return fail(NO_ADDRESS, 'Correct the release policy.')
  const can = immutable ? 'can’t' : 'can'
  const note = places.includes('this-machine') ? ON_THIS_MACHINE : ''
  const fact = `Exportable under a policy that ${can} be changed later.${note}`
  const traps = lintPolicy(read.value)
  if (traps.length === 0) return pass(fact)
  return warn(`${fact} ${traps.map(describeFinding).join(' ')}`, 'Correct the policy, or be sure that it is meant so.')
}

/** The last one counts here; which one counts in the vault, nobody has written down. */
const MEMBER_TWICE =
  'A member stands twice in one object of the release policy: the vault could take another policy from it than people see.'
const NO_ADDRESS =
  'An authority of the release policy is not an https address. Only a vault on this machine may name one on this machine, over http.'
const ON_THIS_MACHINE = ' Its authority is on this machine, over plain http, as a vault on this machine may have it.'

const remedyFor = (policy: string | null) =>
  policy === null ? 'Write it in the grammar of release policies.' : `Give this instead: ${policy}`
