/**
 * What a call for a key may be the first of: the first by this person, from this address, or for this environment, that the
 * logs of its vault tell of; or the first of theirs that ended in a release. Logs hold no environment: only of calls whose token
 * is known is there one.
 */
export type FirstSeen = 'person' | 'address' | 'environment'
export const FIRST_SEEN = ['person', 'address', 'environment'] as const satisfies readonly FirstSeen[]

export const FIRST_SEEN_WORDS = {
  person: 'New person',
  address: 'New address',
  environment: 'New environment',
} as const satisfies Record<FirstSeen, string>
