import type { Role } from './roles'

export type AccountState = 'open' | 'closed' | 'invited' | 'invitation-lapsed'

export const ACCOUNT_WORDS = {
  open: 'Open',
  closed: 'Closed',
  invited: 'Invited',
  'invitation-lapsed': 'Invitation lapsed',
} as const satisfies Record<AccountState, string>

export interface PersonRow {
  id: string
  name: string
  email: string
  roles: Role[]
  state: AccountState
  changedAt: string
}

export interface PersonView extends PersonRow {
  issuer: string
  subject: string
  /** `given` here, or the identity provider's `claims`. */
  rolesFrom: 'given' | 'claims'
  createdAt: string
  disabledAt: string | null
  passkeys: number
  openSessions: number
  /** Of the invitation that is still open. */
  invitedUntil: string | null
  /** What waits for a second administrator about this person. */
  waiting: { id: string; kind: string }[]
  /** How many other administrators can sign in. */
  otherAdministrators: number
}
