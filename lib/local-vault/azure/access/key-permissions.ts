/** The key permissions of an access policy (https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#key-access-control). */
export const keyPermissions = [
  'get',
  'list',
  'update',
  'create',
  'import',
  'delete',
  'recover',
  'backup',
  'restore',
  'decrypt',
  'encrypt',
  'unwrapKey',
  'wrapKey',
  'verify',
  'sign',
  'purge',
  'release',
  'rotate',
  'getrotationpolicy',
  'setrotationpolicy',
] as const

export type KeyPermission = (typeof keyPermissions)[number]
