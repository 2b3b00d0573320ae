import { err, ok, type Result } from '../result'
import { placeOfAuthority } from './authority-address'
import { FOREIGN_DIALECTS, recogniseDialect } from './foreign-dialects'
import { parseReleasePolicy } from './parse-policy'
import { maxPolicyJsonDepth, type ReleasePolicy } from './policy'
import { describeProblem } from './policy-problem'
import { readPlainJson } from './read-plain-json'

export interface GivenPolicy {
  policy: ReleasePolicy
  /** An authority of it is on this machine, over plain http. */
  onThisMachine: boolean
}

export interface GivenPolicyRefusal {
  message: string
  /** What to do; with the policy itself where it came in another grammar and could be translated. */
  remedy: string
}

/**
 * A policy that an officer gives, to be sent to a vault: whether everybody reads the same out of it. What a vault holds
 * already is read by `parseReleasePolicy`, which knows no vault and refuses less.
 * @param vaultUrl null where no vault is chosen yet
 */
export function readGivenPolicy(text: string, vaultUrl: string | null): Result<GivenPolicy, GivenPolicyRefusal> {
  const foreign = recogniseDialect(text)
  if (foreign) return err({ message: FOREIGN_DIALECTS[foreign.dialect], remedy: remedyFor(foreign.policy) })
  const plain = readPlainJson(text, maxPolicyJsonDepth)
  if (!plain.ok && plain.error.code === 'duplicate-member') return refused(MEMBER_TWICE)
  const read = parseReleasePolicy(text)
  if (!read.ok) return refused(describeProblem(read.error))
  const places = read.value.authorities.map(({ authority }) => placeOfAuthority(authority, vaultUrl))
  if (places.includes('refused')) return refused(NO_ADDRESS)
  return ok({ policy: read.value, onThisMachine: places.includes('this-machine') })
}

const refused = (message: string) => err({ message, remedy: 'Correct the release policy.' })

const remedyFor = (translation: string | null) =>
  translation === null ? 'Write it in the grammar of release policies.' : `Give this instead: ${translation}`

/** The last one counts here; which one counts in the vault, nobody has written down. */
const MEMBER_TWICE =
  'A member stands twice in one object of the release policy: the vault could take another policy from it than people see.'
const NO_ADDRESS =
  'An authority of the release policy is not an https address. Only a vault on this machine may name one on this machine, over http.'
