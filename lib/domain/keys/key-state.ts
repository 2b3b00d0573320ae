/**
 * Key states after NIST SP 800-57 part 1, section 7, told from what a vault shows.
 * "Compromised" is a mark beside the state, not a state.
 */
export const KEY_STATES = [
  'pre_activation',
  'disabled_unknown',
  'active',
  'suspended',
  'deactivated',
  'destroy_pending',
  'destroyed',
] as const
export type KeyState = (typeof KEY_STATES)[number]

export interface KeyStateFacts {
  enabled: boolean
  notBefore: Date | null
  expiresAt: Date | null
  /** null: not known, e.g. a key found disabled that we never saw enabled. */
  everEnabled: boolean | null
  deletedAt: Date | null
  purgedAt: Date | null
}

/** The order of the questions is the rule; the inventory's SQL filter repeats it and a property test compares the two. */
export function keyState(facts: KeyStateFacts, now: Date): KeyState {
  if (facts.purgedAt) return 'destroyed'
  if (facts.deletedAt) return 'destroy_pending'
  if (facts.expiresAt && facts.expiresAt <= now) return 'deactivated'
  if (!facts.enabled) {
    if (facts.everEnabled === true) return 'suspended'
    return facts.everEnabled === false ? 'pre_activation' : 'disabled_unknown'
  }
  if (facts.notBefore && facts.notBefore > now) return 'pre_activation'
  return 'active'
}

export const KEY_STATE_WORDS = {
  pre_activation: {
    label: 'Pre-activation',
    meaning: 'Disabled and never enabled before, or its not-before date is ahead.',
  },
  disabled_unknown: {
    label: 'Disabled, history unknown',
    meaning: 'Found disabled; whether it was ever in use is not known.',
  },
  active: { label: 'Active', meaning: 'Enabled and inside its dates.' },
  suspended: { label: 'Suspended', meaning: 'Disabled after it had been enabled.' },
  deactivated: { label: 'Deactivated', meaning: 'Past its expiry: no new encryption, signing or wrapping.' },
  destroy_pending: { label: 'Deleted, recoverable', meaning: 'Soft-deleted; it can be recovered until it is purged.' },
  destroyed: { label: 'Destroyed', meaning: 'Purged: nothing brings it back.' },
} as const satisfies Record<KeyState, { label: string; meaning: string }>
