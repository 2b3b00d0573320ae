/** Field → id of its control. */
export const NEW_KEY_IDS = {
  connectionId: 'new-key-vault',
  name: 'new-key-name',
  sizeOrCurve: 'new-key-type',
  keyOps: 'new-key-purpose',
  expiresAt: 'new-key-expires',
  policyText: 'new-key-policy',
  typedName: 'new-key-typed-name',
} as const
