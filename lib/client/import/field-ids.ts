/** The ids of the wizard's controls: an error summary links to them. */
export const FIELD_IDS = {
  vault: 'import-vault',
  kek: 'import-kek',
  file: 'import-file',
  passphrase: 'import-passphrase',
  foundKey: 'import-found-key',
  seal: 'import-seal',
  serverSeesKey: 'import-server-sees-key',
  normalise: 'import-normalise',
  expected: 'import-expected',
  name: 'import-name',
  type: 'import-type',
  otherType: 'import-other-type',
  purpose: 'import-purpose',
  operations: 'import-operations',
  notBefore: 'import-not-before',
  expiresAt: 'import-expires',
  tags: 'import-tags',
  policy: 'import-policy',
  typedName: 'import-typed-name',
  askAgain: 'import-ask-again',
} as const

/** A warning's own checkbox. */
export function acknowledgeId(rowId: string): string {
  return `acknowledge-${rowId}`
}

/** A row of the preflight report. */
export function rowElementId(rowId: string): string {
  return `check-${rowId}`
}
