import { FOREIGN_DIALECTS, recogniseDialect } from '../releases/foreign-dialects'
import { lintPolicy } from '../releases/lint-policy'
import { parseReleasePolicy } from '../releases/parse-policy'
import { describeFinding } from '../releases/policy-finding'
import { describeProblem } from '../releases/policy-problem'
import { fail, pass, warn } from './check'
import type { Finding } from './report'

/** The policy of a key that may be released: whether it can be read, and which traps it steps into. */
export function checkReleasePolicy({ text, immutable }: { text: string; immutable: boolean }): Finding {
  const foreign = recogniseDialect(text)
  if (foreign) return fail(FOREIGN_DIALECTS[foreign.dialect], remedyFor(foreign.policy))
  const read = parseReleasePolicy(text)
  if (!read.ok) return fail(describeProblem(read.error), 'Correct the release policy.')
  const odd = read.value.authorities.find(({ authority }) => !isIssuerAddress(authority))
  if (odd) return fail('An authority of the release policy is not an https address.', 'Correct the release policy.')
  const fact = `Exportable under a policy that ${immutable ? 'can’t' : 'can'} be changed later.`
  const traps = lintPolicy(read.value)
  if (traps.length === 0) return pass(fact)
  return warn(`${fact} ${traps.map(describeFinding).join(' ')}`, 'Correct the policy, or be sure that it is meant so.')
}

/** As an attestation service names itself; over plain HTTP only one of this machine does. */
function isIssuerAddress(authority: string): boolean {
  if (!URL.canParse(authority)) return false
  const { protocol, hostname } = new URL(authority)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

const remedyFor = (policy: string | null) =>
  policy === null ? 'Write it in the grammar of release policies.' : `Give this instead: ${policy}`
