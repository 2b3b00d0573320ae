/** What a call named in a vault's log means for the history. */
export type LogAct = 'release' | 'change' | 'other'

/**
 * `operationName` of each key operation (https://learn.microsoft.com/azure/key-vault/general/logging). The documentation
 * has no name for a release: `KeyRelease` is made like the others, and UNVERIFIED.
 */
const ACTS = {
  KeyRelease: 'release',
  KeyCreate: 'change',
  KeyImport: 'change',
  KeyUpdate: 'change',
  KeyDelete: 'change',
  KeyRecover: 'change',
  KeyPurge: 'change',
  KeyBackup: 'change',
  KeyRestore: 'change',
  KeyRotate: 'change',
  KeyRotateIfDue: 'change',
  KeyRotationPolicySet: 'change',
  KeyGet: 'other',
  KeyList: 'other',
  KeyListVersions: 'other',
  KeyGetDeleted: 'other',
  KeyListDeleted: 'other',
  KeyRotationPolicyGet: 'other',
  KeyGetAttestation: 'other',
  KeySign: 'other',
  KeyVerify: 'other',
  KeyWrap: 'other',
  KeyUnwrap: 'other',
  KeyEncrypt: 'other',
  KeyDecrypt: 'other',
  KeyNearExpiryEventGridNotification: 'other',
  KeyExpiredEventGridNotification: 'other',
} as const satisfies Record<string, LogAct>

export type ChangeOperation = {
  [Name in keyof typeof ACTS]: (typeof ACTS)[Name] extends 'change' ? Name : never
}[keyof typeof ACTS]

/** Operations on keys that are none of the history's business, for whoever can have them left out. */
export const OTHER_OPERATIONS: readonly string[] = Object.entries(ACTS).flatMap(([name, act]) =>
  act === 'other' ? [name] : [],
)

/**
 * undefined: an operation on keys that we have no word for, so that somebody should look. Names that speak of a release
 * are releases, for the documented name is missing; what is no operation on keys is `other`.
 */
export function actOf(operation: string): LogAct | undefined {
  if (isKnown(operation)) return ACTS[operation]
  if (/release/i.test(operation)) return 'release'
  return /^key/i.test(operation) ? undefined : 'other'
}

function isKnown(operation: string): operation is keyof typeof ACTS {
  return Object.hasOwn(ACTS, operation)
}
