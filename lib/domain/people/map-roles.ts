import { err, ok, type Result } from '../result'
import { areExclusive } from './role-rules'
import { ROLES, type Role } from './roles'

/** Which values of one claim give which role; from the setting DRAWBRIDGE_OIDC_ROLES. */
export interface RoleMapping {
  claim: string
  roles: Partial<Record<Role, readonly string[]>>
}

/** Values are compared exactly, as the provider writes them: groups that differ in case are two groups. */
export function mapRoles(
  { roles }: RoleMapping,
  values: readonly string[],
): Result<Role[], 'no-role' | 'roles-exclusive'> {
  const held = ROLES.filter((role) => roles[role]?.some((value) => values.includes(value)))
  if (held.length === 0) return err('no-role')
  return areExclusive(held) ? err('roles-exclusive') : ok(held)
}
