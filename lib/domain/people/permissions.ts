import type { Role } from './roles'

/** The one table of permissions, shared by screen and service. */
const GRANTS = {
  'keys.read': ['administrator', 'custodian', 'approver', 'auditor', 'viewer'],
  'keys.refresh': ['administrator', 'custodian', 'approver', 'auditor'],
  'keys.create': ['custodian'],
  'keys.stop': ['custodian', 'approver'],
  'keys.mark-compromised': ['custodian', 'approver'],
  'keys.delete': ['custodian', 'approver'],
  'keys.request-enable': ['custodian', 'approver'],
  'policies.propose': ['custodian', 'approver'],
  'keks.read': ['administrator', 'custodian', 'approver', 'auditor', 'viewer'],
  'keks.create': ['custodian'],
  'keks.download': ['custodian'],
  'keks.retire': ['custodian'],
  'imports.create': ['custodian'],
  'imports.read': ['administrator', 'custodian', 'approver', 'auditor'],
  'reviews.read': ['administrator', 'custodian', 'approver', 'auditor'],
  'reviews.decide': ['approver'],
  'audit.read': ['administrator', 'custodian', 'approver', 'auditor'],
  'audit.export': ['auditor'],
  'releases.read': ['administrator', 'custodian', 'approver', 'auditor'],
  'releases.read-logs': ['administrator', 'custodian', 'approver', 'auditor'],
  'releases.export': ['auditor'],
  /** Custodians bring keys in, so they let them out; who reviews keys or audits releases makes none. */
  'releases.perform': ['custodian'],
  /** To supply the token of a release that was not made here. */
  'releases.complete': ['custodian', 'approver', 'auditor'],
  'connections.read': ['administrator', 'custodian', 'approver', 'auditor', 'viewer'],
  'connections.manage': ['administrator'],
  'people.read': ['administrator', 'auditor'],
  /** To propose and to confirm what changes people; never one's own proposal. */
  'people.manage': ['administrator'],
  /** What one sees of them depends on the kind: `lib/server/proposals/may-see.ts`. */
  'proposals.read': ['administrator', 'custodian', 'approver', 'auditor'],
  'sessions.manage': ['administrator'],
  /** One's own sessions and passkeys. */
  'account.manage': ['administrator', 'custodian', 'approver', 'auditor', 'viewer'],
  'duties.acknowledge': ['custodian'],
  'keys.propose-unmark': ['custodian', 'approver'],
  'keys.confirm-unmark': ['approver'],
  /** What needs somebody now. */
  'notices.read': ['administrator', 'custodian', 'approver', 'auditor'],
  /** What was sent, and how that went. */
  'notifications.read': ['administrator', 'auditor'],
  'notifications.test': ['administrator'],
  'alarms.acknowledge': ['approver', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS

export const PERMISSIONS = Object.keys(GRANTS) as Permission[] // keys of a const object: exactly Permission

export function rolesWith(permission: Permission): readonly Role[] {
  return GRANTS[permission]
}

export function hasPermission(roles: readonly Role[], permission: Permission): boolean {
  const granted: readonly Role[] = GRANTS[permission]
  return roles.some((role) => granted.includes(role))
}

/** Why a control is closed to somebody, as its tooltip says it. Undefined when it is open. */
export function closedBecause(roles: readonly Role[], permission: Permission): string | undefined {
  if (hasPermission(roles, permission)) return undefined
  return `This needs the role ${rolesWith(permission).join(' or ')}.`
}
