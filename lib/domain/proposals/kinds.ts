import type { Permission } from '../people/permissions'

/** What takes two and touches no vault: proposed by one, confirmed by another. Equal to the database's enum. */
export const PROPOSAL_KINDS = [
  'create_person',
  'change_roles',
  'enable_person',
  'renew_invitation',
  'reset_passkeys',
  'change_connection',
  'change_approval_policy',
  'unmark_compromised',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** Who may propose a kind, and who may decide it. Never the same person, whatever their roles. */
export const PROPOSAL_PERMISSIONS = {
  create_person: { propose: 'people.manage', confirm: 'people.manage' },
  change_roles: { propose: 'people.manage', confirm: 'people.manage' },
  enable_person: { propose: 'people.manage', confirm: 'people.manage' },
  renew_invitation: { propose: 'people.manage', confirm: 'people.manage' },
  reset_passkeys: { propose: 'people.manage', confirm: 'people.manage' },
  change_connection: { propose: 'connections.manage', confirm: 'connections.manage' },
  change_approval_policy: { propose: 'connections.manage', confirm: 'connections.manage' },
  unmark_compromised: { propose: 'keys.propose-unmark', confirm: 'keys.confirm-unmark' },
} as const satisfies Record<ProposalKind, { propose: Permission; confirm: Permission }>

export const PROPOSAL_KIND_WORDS = {
  create_person: 'New person',
  change_roles: 'Change of roles',
  enable_person: 'Enable a person again',
  renew_invitation: 'New invitation',
  reset_passkeys: 'Take away lost passkeys',
  change_connection: 'Change of a connection',
  change_approval_policy: 'Change of who approves',
  unmark_compromised: 'Take back “compromised”',
} as const satisfies Record<ProposalKind, string>

export const PROPOSAL_STATUSES = ['waiting', 'confirmed', 'refused', 'withdrawn', 'failed'] as const
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number]

/** A proposal that nobody confirmed within this is void: what it was about has had time to change. */
export const PROPOSAL_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000
