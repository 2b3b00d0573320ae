import type { ProblemCode } from '../actions/action-result'
import { type ImportStatus, isDecided } from '../imports/status'
import { hasPermission } from '../people/permissions'
import type { Role } from '../people/roles'
import { type ApprovalPolicy, isNamedApprover } from './approval-policy'

/** Why somebody can't decide a review. The database holds all but the last as constraints and triggers too. */
export type CannotDecide =
  | 'own-import'
  | 'own-request'
  | 'own-other-account'
  | 'role-missing'
  | 'changed-since-submission'
  | 'not-an-approver-here'
  | 'not-waiting'

export const CANNOT_DECIDE_WORDS = {
  'own-import': 'You imported or created this key; another officer must decide it.',
  'own-request': 'You asked for this; another officer must decide it.',
  'own-other-account':
    'Another account of yours (the same subject or e-mail) imported or created this key, or asked for it; another officer must decide it.',
  'role-missing': 'Deciding a review needs the role approver.',
  'changed-since-submission':
    'Your account was made or changed after this was submitted; an officer who was there before must decide it.',
  'not-an-approver-here': 'This vault names its approvers, and you are not among them.',
  'not-waiting': 'This review has been decided, or its request has changed.',
} as const satisfies Record<CannotDecide, string>

/**
 * A review compares blind: until it is decided, nobody reads the vault's own public value here, for the officer who
 * decides must bring it from the ceremony record.
 */
export function isComparedBlind(status: ImportStatus): boolean {
  return !isDecided(status)
}

export interface ReviewFacts {
  importerId: string | null
  requesterId: string | null
  waiting: boolean
  /** When it was submitted or asked for. */
  askedAt: Date
  policy: ApprovalPolicy
}

export interface Decider {
  id: string
  roles: readonly Role[]
  /** When the account was made, enabled again, or given other roles or another credential. */
  changedAt: Date
  /** Accounts that are the same human’s by every sign: the same subject at another issuer, or the same e-mail. */
  otherAccountIds: readonly string[]
}

/** How the services answer it. */
export function refusalOf(because: CannotDecide): { code: ProblemCode; message?: string } {
  if (because === 'role-missing') return { code: 'not-permitted' }
  if (because === 'own-other-account') return { code: 'own-import', message: CANNOT_DECIDE_WORDS[because] }
  return { code: because }
}

/** Undefined when they may. Own work is named before anything else: it is what the person must understand. */
export function cannotDecide(person: Decider, review: ReviewFacts): CannotDecide | undefined {
  if (review.importerId === person.id) return 'own-import'
  if (review.requesterId === person.id) return 'own-request'
  if (person.otherAccountIds.some((id) => id === review.importerId || id === review.requesterId)) {
    return 'own-other-account'
  }
  if (!hasPermission(person.roles, 'reviews.decide')) return 'role-missing'
  if (!review.waiting) return 'not-waiting'
  if (person.changedAt > review.askedAt) return 'changed-since-submission'
  return isNamedApprover(review.policy, person.id) ? undefined : 'not-an-approver-here'
}
