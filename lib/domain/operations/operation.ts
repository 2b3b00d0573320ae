/** An intent and its outcome. */
export const OPERATION_KINDS = [
  'create_kek',
  'retire_kek',
  'import_key',
  'enable_key',
  'reject_key',
  'disable_key',
  'mark_compromised',
  'delete_key',
  'reenable_key',
  'change_policy',
  'release_key',
  'create_key',
] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

/** A write's own timeout at the provider, and the margin after which it can't be under way any more. */
export const WRITE_TIMEOUT_MS = 20_000
export const DEADLINE_MARGIN_MS = 5_000

export const OPERATION_WORDS = {
  create_kek: 'create a KEK',
  create_key: 'create an exportable key',
  retire_kek: 'retire a KEK',
  import_key: 'import a key',
  enable_key: 'enable an imported key',
  reject_key: 'reject an imported key',
  disable_key: 'disable a key version',
  mark_compromised: 'mark a key version compromised',
  delete_key: 'delete a rejected key',
  release_key: 'release a key to an attested environment',
  reenable_key: 'enable a disabled key version',
  change_policy: 'change a key’s release policy',
} as const satisfies Record<OperationKind, string>
