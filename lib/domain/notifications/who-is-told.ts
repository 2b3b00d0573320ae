import type { Role } from '../people/roles'
import type { NoticeKind } from './notice'

/** Whose roles a kind concerns. Of reviews and proposals only those are told who may decide the very one. */
export const TOLD = {
  alarm: ['administrator', 'custodian', 'approver', 'auditor'],
  'review-waiting': ['approver'],
  'proposal-waiting': ['administrator', 'approver'],
  'operation-indeterminate': ['custodian', 'approver'],
  'connection-silent': ['administrator'],
  'kek-expires': ['custodian'],
  'key-expires': ['custodian'],
  'release-denied': ['custodian', 'approver', 'auditor'],
  'release-first-seen': ['custodian', 'approver', 'auditor'],
  'releases-read-late': ['custodian', 'approver', 'auditor'],
  test: ['administrator'],
} as const satisfies Record<NoticeKind, readonly Role[]>

/** Counted at "Notices"; reviews, proposals and alarms are counted where they are decided. */
const COUNTED = [
  ...(['operation-indeterminate', 'connection-silent', 'kek-expires', 'key-expires'] as const),
  ...(['release-denied', 'release-first-seen', 'releases-read-late'] as const),
]

/** Of the counted kinds, those that concern somebody with these roles. */
export function countedFor(roles: readonly Role[]): readonly NoticeKind[] {
  return COUNTED.filter((kind) => TOLD[kind].some((role: Role) => roles.includes(role)))
}
