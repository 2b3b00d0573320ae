/**
 * A built-in role: its id in the cloud, and which of the actions in operation-rights.ts it allows (`*` stands for anything). What
 * else it allows there (role assignments, security domain, secrets) has nothing to act on here.
 */
export type Role = { id: string; actions: readonly string[] }

/** https://learn.microsoft.com/azure/key-vault/general/rbac-guide. */
export const vaultRoles = {
  'Key Vault Administrator': { id: '00482a5a-887f-4fb3-b363-3b7fe8e74483', actions: ['*'] },
  'Key Vault Crypto Officer': {
    id: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
    actions: ['keys/*', 'keyrotationpolicies/*'],
  },
  'Key Vault Crypto User': {
    id: '12338af0-0e69-4776-bea7-57ae8d297424',
    actions: [
      'keys/read',
      'keys/update/action',
      'keys/backup/action',
      'keys/encrypt/action',
      'keys/decrypt/action',
      'keys/wrap/action',
      'keys/unwrap/action',
      'keys/sign/action',
      'keys/verify/action',
    ],
  },
  'Key Vault Crypto Service Encryption User': {
    id: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
    actions: ['keys/read', 'keys/wrap/action', 'keys/unwrap/action'],
  },
  'Key Vault Crypto Service Release User': {
    id: '08bbd89e-9f13-488c-ac41-acfcb10c90ab',
    actions: ['keys/release/action'],
  },
  'Key Vault Reader': { id: '21090545-7ca7-4776-b22c-e363652d74d2', actions: ['*/read'] },
  'Key Vault Purge Operator': { id: 'a68e7c17-0ab2-4c09-9a58-125dae29748c', actions: [] },
  'Key Vault Data Access Administrator': { id: '8b54135c-b56d-4d72-a534-26097cfdc8d8', actions: [] },
} as const satisfies Record<string, Role>

/**
 * https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles, and for the auditor and random bytes the service's own
 * list of its roles as recorded (Azure/azure-sdk-for-js, keyvault-admin): that page lets an auditor purge, the service does not.
 */
export const hsmRoles = {
  'Managed HSM Administrator': { id: 'a290e904-7015-4bba-90c8-60543313cdb4', actions: [] },
  'Managed HSM Crypto Officer': {
    id: '515eb02d-2335-4d2d-92f2-b1cbdf9c3778',
    actions: ['keys/deletedKeys/read/action', 'keys/deletedKeys/recover/action', 'keys/deletedKeys/delete'],
  },
  'Managed HSM Crypto User': {
    id: '21dbd100-6940-42c2-9190-5d6cb909625b',
    actions: [
      'keys/read/action',
      'keys/write/action',
      'keys/rotate/action',
      'keys/create',
      'keys/delete',
      'keys/import/action',
      'keys/release/action',
      'keys/backup/action',
      'keys/restore/action',
      'keys/encrypt/action',
      'keys/decrypt/action',
      'keys/wrap/action',
      'keys/unwrap/action',
      'keys/sign/action',
      'keys/verify/action',
      'rng/action',
    ],
  },
  'Managed HSM Policy Administrator': { id: '4bd23610-cdcf-4971-bdee-bdc562cc28e4', actions: [] },
  'Managed HSM Crypto Auditor': {
    id: '2c18b078-7c48-4d3a-af88-5a3a1b3f82b3',
    actions: ['keys/read/action', 'keys/deletedKeys/read/action'],
  },
  'Managed HSM Crypto Service Encryption User': {
    id: '33413926-3206-4cdd-b39a-83574fe37a17',
    actions: ['keys/read/action', 'keys/wrap/action', 'keys/unwrap/action'],
  },
  'Managed HSM Crypto Service Release User': {
    id: '21dbd100-6940-42c2-9190-5d6cb909625c',
    actions: ['keys/release/action'],
  },
  'Managed HSM Backup': { id: '7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8', actions: ['keys/backup/action'] },
  'Managed HSM Restore': { id: '6efe6056-5259-49d2-8b3d-d3d73544b20b', actions: ['keys/restore/action'] },
} as const satisfies Record<string, Role>

/** Whether a role's actions hold this one. Names compare without case, as in the cloud. */
export function allows(actions: readonly string[], action: string): boolean {
  return actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))
}

function matches(pattern: string, action: string): boolean {
  const [before = '', after] = pattern.split('*')
  if (after === undefined) return pattern === action
  return action.length >= before.length + after.length && action.startsWith(before) && action.endsWith(after)
}
