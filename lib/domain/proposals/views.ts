import type { Permission } from '../people/permissions'
import type { ProposalKind, ProposalStatus } from './kinds'

/** A waiting one that nobody confirmed in time is shown as lapsed; its row still says waiting. */
export type ShownStatus = ProposalStatus | 'lapsed'

export const PROPOSAL_STATUS_WORDS = {
  waiting: 'Waiting',
  confirmed: 'Confirmed',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  failed: 'Void',
  lapsed: 'Lapsed',
} as const satisfies Record<ShownStatus, string>

export interface ProposalRow {
  id: string
  kind: ProposalKind
  title: string
  status: ShownStatus
  proposerName: string
  proposedAt: string
  expiresAt: string
  decidedByName: string | null
  decidedAt: string | null
  /** Why the reader can't confirm it; null when they may. */
  cannotConfirm: string | null
}

export interface ProposalInbox {
  waiting: ProposalRow[]
  decided: ProposalRow[]
}

/** One property, as it was frozen before and as it shall be. */
export interface ProposalFact {
  name: string
  before: string
  after: string
  changed: boolean
}

export interface ProposalDocument extends ProposalRow {
  subjectId: string
  reason: string
  decisionReason: string | null
  revision: number
  frozenSha256: string
  facts: ProposalFact[]
  /** Of a change of roles: what they may do afterwards and could not before, and the other way round. */
  permissions: { gained: Permission[]; lost: Permission[] } | null
  /** What will be true afterwards, in sentences. */
  consequences: string[]
  /** Why it could not be applied now, whoever confirms it; null when it could. */
  blockedBecause: string | null
  /** The reader proposed it. */
  own: boolean
  /** The confirmer's browser makes the invitation's token. */
  makesInvitation: boolean
  otherDeciders: string[]
}
