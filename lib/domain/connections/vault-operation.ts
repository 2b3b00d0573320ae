/** What an identity may do at a vault, as learnt from real calls. */
export const VAULT_OPERATIONS = [
  'list',
  'get',
  'create',
  'import',
  'update',
  'delete',
  'encrypt',
  'release',
  'list-deleted',
] as const
export type VaultOperation = (typeof VAULT_OPERATIONS)[number]

export type Capability =
  | { operation: VaultOperation; known: 'working'; at: string }
  | { operation: VaultOperation; known: 'refused'; at: string }
  | { operation: VaultOperation; known: 'not-known' }
