export type VaultKind = 'azure-key-vault' | 'azure-managed-hsm'

/** The audience of a kind's tokens, and the resource its challenge names. */
export const vaultResources = {
  'azure-key-vault': 'https://vault.azure.net',
  'azure-managed-hsm': 'https://managedhsm.azure.net',
} as const satisfies Record<VaultKind, string>
