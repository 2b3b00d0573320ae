import { hasPermission, PERMISSIONS, type Permission } from './permissions'
import type { Role } from './roles'

/** Administrators look after people and vaults; whoever moves keys must not be one. The database holds it too. */
const NEVER_WITH_ADMINISTRATOR: readonly Role[] = ['custodian', 'approver']

export function areExclusive(roles: readonly Role[]): boolean {
  return roles.includes('administrator') && roles.some((role) => NEVER_WITH_ADMINISTRATOR.includes(role))
}

/** Why a role can't be picked beside those picked already; undefined when it can. */
export function cannotAdd(role: Role, picked: readonly Role[]): string | undefined {
  const others = picked.filter((each) => each !== role)
  if (!areExclusive([...others, role])) return undefined
  return role === 'administrator'
    ? 'An administrator is never custodian or approver. Take those roles away first.'
    : 'Custodian and approver are never administrator too. Take that role away first.'
}

/** One order everywhere, so that equal sets are equal texts. */
export function sortRoles(roles: readonly Role[]): Role[] {
  return [...new Set(roles)].sort()
}

export interface PermissionChange {
  permission: Permission
  before: boolean
  after: boolean
}

/** What a change of roles means: every permission, as it was and as it will be. */
export function permissionsBeside(before: readonly Role[], after: readonly Role[]): PermissionChange[] {
  return PERMISSIONS.map((permission) => ({
    permission,
    before: hasPermission(before, permission),
    after: hasPermission(after, permission),
  }))
}
