import type { OperationName } from '../azure/match-route'
import type { OwnOperation } from './ended-call'

/**
 * `operationName` of each operation (https://learn.microsoft.com/azure/key-vault/general/logging). The documentation has no name for
 * release, random bytes and attestation: theirs are made like the others.
 */
const operationNames = {
  create: 'KeyCreate',
  import: 'KeyImport',
  get: 'KeyGet',
  update: 'KeyUpdate',
  list: 'KeyList',
  'list-versions': 'KeyListVersions',
  delete: 'KeyDelete',
  'list-deleted': 'KeyListDeleted',
  'get-deleted': 'KeyGetDeleted',
  recover: 'KeyRecover',
  purge: 'KeyPurge',
  rotate: 'KeyRotate',
  'get-rotation-policy': 'KeyRotationPolicyGet',
  'set-rotation-policy': 'KeyRotationPolicySet',
  backup: 'KeyBackup',
  restore: 'KeyRestore',
  sign: 'KeySign',
  verify: 'KeyVerify',
  encrypt: 'KeyEncrypt',
  decrypt: 'KeyDecrypt',
  wrapkey: 'KeyWrap',
  unwrapkey: 'KeyUnwrap',
  'random-bytes': 'RandomBytesGet',
  attestation: 'KeyGetAttestation',
  release: 'KeyRelease',
  'rotate-if-due': 'KeyRotateIfDue',
  'near-expiry': 'KeyNearExpiryEventGridNotification',
} as const satisfies Record<OperationName | OwnOperation, string>

/** Whatever ended before it reached an operation is an `Authentication`. */
export function operationNameOf(operation: OperationName | OwnOperation | null): string {
  return operation === null ? 'Authentication' : operationNames[operation]
}
