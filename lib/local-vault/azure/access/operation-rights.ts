import type { OperationName } from '../match-route'
import type { KeyPermission } from './key-permissions'

/** What a caller needs for an operation, in each of the three models. */
export type OperationRights = {
  /** Of an access policy. Null for what a vault does not have: there the answer is 404 for everybody. */
  permission: KeyPermission | null
  /** Of a vault's roles, without its prefix `Microsoft.KeyVault/vaults/`. */
  dataAction: string | null
  /** Of a Managed HSM's local roles, without its prefix `Microsoft.KeyVault/managedHsm/`. */
  hsmAction: string
  /** With an asymmetric key a vault's role with `keys/read` will do, for anybody could do it with the public key. */
  readSuffices?: true
}

const row = (permission: KeyPermission | null, dataAction: string | null, hsmAction: string): OperationRights => ({
  permission,
  dataAction,
  hsmAction,
})

/** https://learn.microsoft.com/azure/role-based-access-control/permissions/security says so of encrypt, wrap and verify. */
const publicRow = (permission: KeyPermission, dataAction: string, hsmAction: string): OperationRights => ({
  ...row(permission, dataAction, hsmAction),
  readSuffices: true,
})

/** The one table of what each operation needs; https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles has the HSM's. */
export const operationRights = {
  create: row('create', 'keys/create/action', 'keys/create'),
  import: row('import', 'keys/import/action', 'keys/import/action'),
  get: row('get', 'keys/read', 'keys/read/action'),
  update: row('update', 'keys/update/action', 'keys/write/action'),
  list: row('list', 'keys/read', 'keys/read/action'),
  'list-versions': row('list', 'keys/read', 'keys/read/action'),
  delete: row('delete', 'keys/delete', 'keys/delete'),
  'list-deleted': row('list', 'keys/read', 'keys/deletedKeys/read/action'),
  'get-deleted': row('get', 'keys/read', 'keys/deletedKeys/read/action'),
  recover: row('recover', 'keys/recover/action', 'keys/deletedKeys/recover/action'),
  purge: row('purge', 'keys/purge/action', 'keys/deletedKeys/delete'),
  rotate: row('rotate', 'keys/rotate/action', 'keys/rotate/action'),
  'get-rotation-policy': row('getrotationpolicy', 'keyrotationpolicies/read', 'keys/read/action'),
  'set-rotation-policy': row('setrotationpolicy', 'keyrotationpolicies/write', 'keys/write/action'),
  backup: row('backup', 'keys/backup/action', 'keys/backup/action'),
  restore: row('restore', 'keys/restore/action', 'keys/restore/action'),
  sign: row('sign', 'keys/sign/action', 'keys/sign/action'),
  verify: publicRow('verify', 'keys/verify/action', 'keys/verify/action'),
  encrypt: publicRow('encrypt', 'keys/encrypt/action', 'keys/encrypt/action'),
  decrypt: row('decrypt', 'keys/decrypt/action', 'keys/decrypt/action'),
  wrapkey: publicRow('wrapKey', 'keys/wrap/action', 'keys/wrap/action'),
  unwrapkey: row('unwrapKey', 'keys/unwrap/action', 'keys/unwrap/action'),
  'random-bytes': row(null, null, 'rng/action'),
  attestation: row(null, null, 'keys/read/action'),
  release: row('release', 'keys/release/action', 'keys/release/action'),
} as const satisfies Record<OperationName, OperationRights>
