import { hasPermission, rolesWith } from '../people/permissions'
import type { Role } from '../people/roles'
import { PROPOSAL_PERMISSIONS, type ProposalKind, type ProposalStatus } from './kinds'

/** Why somebody can't confirm a proposal. The database holds the first two as constraints too. */
export type CannotConfirm =
  | 'own-proposal'
  | 'about-you'
  | 'own-import'
  | 'role-missing'
  | 'changed-since'
  | 'decided'
  | 'lapsed'

export interface ProposalFacts {
  kind: ProposalKind
  status: ProposalStatus
  proposerId: string
  subjectId: string
  proposedAt: Date
  expiresAt: Date
  /** Who imported the version that it is about, where that bars them. */
  importerIds: readonly string[]
}

export interface Confirmer {
  id: string
  otherIds: readonly string[]
  roles: readonly Role[]
  /** When the account was made, or its roles last changed. */
  changedAt: Date
}

/**
 * Undefined when they may. `otherIds` are accounts that are the same human's by every sign. What is one's own is named
 * first: it is what the person must understand.
 */
export function cannotConfirm(person: Confirmer, proposal: ProposalFacts, now: Date): CannotConfirm | undefined {
  if (proposal.status !== 'waiting') return 'decided'
  const isTheirs = (id: string) => id === person.id || person.otherIds.includes(id)
  if (isTheirs(proposal.proposerId)) return 'own-proposal'
  if (isTheirs(proposal.subjectId)) return 'about-you'
  if (proposal.importerIds.some(isTheirs)) return 'own-import'
  if (!hasPermission(person.roles, PROPOSAL_PERMISSIONS[proposal.kind].confirm)) return 'role-missing'
  if (isBarredSince(person, proposal)) return 'changed-since'
  return isLapsed(proposal, now) ? 'lapsed' : undefined
}

/** What puts a key to use again is not for who was made approver while it waited, as with imports. */
export function isBarredSince(
  person: { changedAt: Date },
  proposal: Pick<ProposalFacts, 'kind' | 'proposedAt'>,
): boolean {
  return proposal.kind === 'unmark_compromised' && person.changedAt > proposal.proposedAt
}

/** The service's refusal says the same. */
export const OWN_IMPORT_UNMARKED =
  'You imported this version; another approver must confirm that it is no longer taken for compromised.'

export function isLapsed({ status, expiresAt }: Pick<ProposalFacts, 'status' | 'expiresAt'>, now: Date): boolean {
  return status === 'waiting' && expiresAt.getTime() <= now.getTime()
}

export function cannotConfirmWords(because: CannotConfirm, kind: ProposalKind): string {
  switch (because) {
    case 'own-proposal':
      return 'You proposed this; another person must confirm it.'
    case 'about-you':
      return 'This is about your own account; another person must decide it.'
    case 'own-import':
      return OWN_IMPORT_UNMARKED
    case 'role-missing':
      return `Confirming this needs the role ${rolesWith(PROPOSAL_PERMISSIONS[kind].confirm).join(' or ')}.`
    case 'changed-since':
      return 'Your account or its roles changed after this was proposed; another person must confirm it.'
    case 'decided':
      return 'This proposal has been decided.'
    case 'lapsed':
      return 'This proposal has lapsed: nobody confirmed it within seven days. Propose it anew.'
  }
}
