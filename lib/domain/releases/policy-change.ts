import type { ReleasePolicy } from './policy'
import { readGivenPolicy } from './read-given-policy'
import { isSamePolicy } from './same-policy'

/** A policy as a key holds it, or is to hold it. */
export interface HeldPolicy {
  text: string
  immutable: boolean
}

/** The longest that can be imported, and so the longest that can be proposed. */
export const MOST_POLICY_CHARACTERS = 20_000

export interface WantedChange {
  vaultUrl: string
  keyName: string
  /** null: the key has none, for it is not exportable. */
  before: HeldPolicy | null
  after: HeldPolicy
  /** What the proposer typed as the key's name; only an immutable policy asks for it. */
  typedName: string
}

export type ChangeRefusal =
  | { because: 'not-exportable' | 'immutable' | 'already-so' }
  /** A field of the form, and what is wrong with it. */
  | { because: 'field'; field: 'policyText' | 'typedName'; message: string }

/** Whether this policy may be proposed in place of the key's own: the new one, read; or why not. */
export function readWantedChange(wanted: WantedChange): { policy: ReleasePolicy } | { refusal: ChangeRefusal } {
  const { before, after } = wanted
  if (!before) return refuse({ because: 'not-exportable' })
  if (before.immutable) return refuse({ because: 'immutable' })
  const read = readPolicy(after.text, wanted.vaultUrl)
  if ('message' in read) return refuse({ because: 'field', field: 'policyText', message: read.message })
  if (isSameHeld(before, after)) return refuse({ because: 'already-so' })
  return mistyped(wanted) ?? { policy: read.policy }
}

/** Whether a key may be made with this policy: it, read; or why not. */
export function readFirstPolicy(wanted: Omit<WantedChange, 'before'>): ReturnType<typeof readWantedChange> {
  const read = readPolicy(wanted.after.text, wanted.vaultUrl)
  if ('message' in read) return refuse({ because: 'field', field: 'policyText', message: read.message })
  return mistyped(wanted) ?? { policy: read.policy }
}

function mistyped({ after, typedName, keyName }: Omit<WantedChange, 'before'>) {
  if (!after.immutable || typedName === keyName) return undefined
  const message = `Type ${keyName} exactly: there is no way back from an immutable policy.`
  return refuse({ because: 'field', field: 'typedName', message })
}

const refuse = (refusal: ChangeRefusal) => ({ refusal })

/** One policy, of which both say alike whether it can be changed later. */
export function isSameHeld(one: HeldPolicy, other: HeldPolicy): boolean {
  return one.immutable === other.immutable && isSamePolicy(one.text, other.text)
}

function readPolicy(text: string, vaultUrl: string): { policy: ReleasePolicy } | { message: string } {
  if (text.length > MOST_POLICY_CHARACTERS) return { message: `At most ${MOST_POLICY_CHARACTERS} characters.` }
  const given = readGivenPolicy(text, vaultUrl)
  return given.ok ? { policy: given.value.policy } : { message: given.error.message }
}
