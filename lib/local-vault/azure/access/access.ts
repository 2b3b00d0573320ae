import { z } from 'zod'
import { keyPermissions } from './key-permissions'
import { hsmRoles, type Role, vaultRoles } from './roles'

/** `/` is the whole vault, `/keys` all its keys, `/keys/<name>` one. */
const scope = z.string().regex(/^\/(keys(\/[0-9a-zA-Z-]{1,127})?)?$/)

/** Roles by name; by id, too. */
function roleOf<Name extends string>(roles: Record<Name, Role>) {
  // The keys of the table are exactly its names.
  const names = Object.keys(roles) as [Name, ...Name[]]
  const nameOf = (given: unknown) => names.find((name) => roles[name].id === given) ?? given
  return z.preprocess(nameOf, z.enum(names))
}

const vaultAccess = z.strictObject({
  permissions: z.array(z.enum(keyPermissions)).default([]),
  roles: z.array(z.strictObject({ role: roleOf(vaultRoles), scope: scope.default('/') })).default([]),
})

const hsmAccess = z.strictObject({
  roles: z.array(z.strictObject({ role: roleOf(hsmRoles), scope: scope.default('/') })).default([]),
})

/** What one client may do, per vault; nothing in a vault that is not named. A vault's `accessModel` says which half counts. */
export const accessSchema = z.strictObject({
  'local-vault': vaultAccess.optional(),
  'local-hsm': hsmAccess.optional(),
  'local-standard': vaultAccess.optional(),
})

export type Access = z.infer<typeof accessSchema>
type VaultAccess = z.infer<typeof vaultAccess>
type HsmAccess = z.infer<typeof hsmAccess>

/** The same for every vault there may be. */
export function sameEverywhere(vault: VaultAccess, hsm: HsmAccess): Access {
  return { 'local-vault': vault, 'local-hsm': hsm, 'local-standard': vault }
}

/** The rights of a client in one vault, its roles resolved. */
export type Grants = {
  permissions: readonly string[]
  roles: readonly { actions: readonly string[]; scope: string }[]
}

export const noGrants: Grants = { permissions: [], roles: [] }

const allRoles = { ...vaultRoles, ...hsmRoles }

export function grantsOf(access: VaultAccess | HsmAccess): Grants {
  const roles = access.roles.map(({ role, scope: at }) => ({ actions: allRoles[role].actions, scope: at }))
  return { permissions: 'permissions' in access ? access.permissions : [], roles }
}
