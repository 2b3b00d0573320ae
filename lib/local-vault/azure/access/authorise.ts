import type { Caller } from '../../token/access-token'
import { Fault, forbidden } from '../fault'
import type { OperationName } from '../match-route'
import { resourceIdOf } from '../resource-id'
import type { VaultContext } from '../vault-call'
import { type OperationRights, operationRights } from './operation-rights'
import { allows } from './roles'

/** Who wants to do what: `name` is empty where the path has none. */
export type Attempt = { operation: OperationName; name: string; caller: Caller }

/** The vault's model, and whether it lets the caller do this. It looks at no body. */
export type Verdict = { model: AccessModel; granted: boolean }

export function verdictOn(vault: VaultContext, attempt: Attempt): Verdict {
  const rights: OperationRights = operationRights[attempt.operation]
  const model = modelOf(vault)
  switch (model) {
    case 'access-policy':
      return { model, granted: rights.permission === null || hasPermission(vault, attempt, rights.permission) }
    case 'rbac':
      return { model, granted: rights.dataAction === null || hasDataAction(vault, attempt, rights, rights.dataAction) }
    case 'local-rbac':
      return { model, granted: hasAction(vault, attempt, rights.hsmAction) }
  }
}

type AccessModel = 'access-policy' | 'rbac' | 'local-rbac'

function modelOf({ settings }: VaultContext): AccessModel {
  return settings.kind === 'azure-managed-hsm' ? 'local-rbac' : settings.accessModel
}

function hasPermission(vault: VaultContext, { caller }: Attempt, permission: string): boolean {
  return vault.grantsOf(caller.appid).permissions.includes(permission)
}

function hasAction(vault: VaultContext, attempt: Attempt, action: string): boolean {
  const resource = resourceOf(vault, attempt)
  const { roles } = vault.grantsOf(attempt.caller.appid)
  return roles.some(({ actions, scope }) => covers(scope, resource) && allows(actions, action))
}

function hasDataAction(vault: VaultContext, attempt: Attempt, rights: OperationRights, action: string): boolean {
  if (hasAction(vault, attempt, action)) return true
  return rights.readSuffices === true && isAsymmetric(vault, attempt.name) && hasAction(vault, attempt, 'keys/read')
}

function isAsymmetric({ keys }: VaultContext, name: string): boolean {
  const found = keys.name(name)
  const family = found && keys.version(name, found.latest)?.publicPart.family
  return family !== undefined && family !== 'oct'
}

/** Names of keys compare without case. */
function covers(scope: string, resource: string): boolean {
  if (scope === '/') return true
  const [wide, narrow] = [scope.toLowerCase(), resource.toLowerCase()]
  return narrow === wide || narrow.startsWith(`${wide}/`)
}

/** What a scope is compared with. A Managed HSM was recorded asking for creation on all keys. */
function resourceOf({ kind }: VaultContext, { operation, name }: Attempt): string {
  if (operation === 'random-bytes') return '/rng'
  if (name === '' || (kind === 'azure-managed-hsm' && operation === 'create')) return '/keys'
  return `/keys/${name}`
}

/** The 403 of the vault's model; no key that it refuses is told of. */
export function denied(vault: VaultContext, attempt: Attempt): Fault {
  const rights: OperationRights = operationRights[attempt.operation]
  const { appid, oid, iss } = attempt.caller
  const { name, settings } = vault
  switch (modelOf(vault)) {
    case 'access-policy':
      return forbidden(
        'ForbiddenByPolicy',
        `The user, group or application 'appid=${appid};oid=${oid};numgroups=0;iss=${iss}' does not have keys ${rights.permission?.toLowerCase()} permission on key vault '${name};location=${settings.region}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
      )
    case 'rbac':
      return forbidden(
        'ForbiddenByRbac',
        [
          'Caller is not authorized to perform action on resource.',
          'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
          `Caller: appid=${appid};oid=${oid};iss=${iss}`,
          `Action: 'Microsoft.KeyVault/vaults/${rights.dataAction}'`,
          `Resource: '${resourceIdOf(vault).toLowerCase()}${resourceOf(vault, attempt)}'`,
          'Assignment: (not found)',
          'DenyAssignmentId: null',
          "DecisionReason: 'DeniedWithNoValidRBAC' ",
          `Vault: ${name};location=${settings.region}`,
          '',
        ].join('\r\n'),
      )
    case 'local-rbac':
      return new Fault(
        403,
        'AccessDenied',
        `Not authorized to access Microsoft.KeyVault/managedHsm/${rights.hsmAction} on ${resourceOf(vault, attempt)}`,
      )
  }
}
