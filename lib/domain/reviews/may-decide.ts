import { type ImportStatus, isDecided } from '../imports/status'
import { hasPermission } from '../people/permissions'
import type { Role } from '../people/roles'

/** Why somebody can't decide a review. The database holds the first two as constraints too. */
export type CannotDecide = 'own-import' | 'own-request' | 'role-missing' | 'not-waiting'

export const CANNOT_DECIDE_WORDS = {
  'own-import': 'You imported this key; another officer must decide it.',
  'own-request': 'You asked for this; another officer must decide it.',
  'role-missing': 'Deciding a review needs the role approver.',
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
}

/** Undefined when they may. Own work is named before anything else: it is what the person must understand. */
export function cannotDecide(
  person: { id: string; roles: readonly Role[] },
  review: ReviewFacts,
): CannotDecide | undefined {
  if (review.importerId === person.id) return 'own-import'
  if (review.requesterId === person.id) return 'own-request'
  if (!hasPermission(person.roles, 'reviews.decide')) return 'role-missing'
  return review.waiting ? undefined : 'not-waiting'
}
