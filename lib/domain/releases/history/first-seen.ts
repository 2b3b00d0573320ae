/**
 * What a call for a key may be the first of: the first by this person, or from this address, that the logs of its vault
 * tell of; or the first of theirs that ended in a release.
 */
export type FirstSeen = 'person' | 'address'
export const FIRST_SEEN = ['person', 'address'] as const satisfies readonly FirstSeen[]

export const FIRST_SEEN_WORDS = {
  person: 'New person',
  address: 'New address',
} as const satisfies Record<FirstSeen, string>
