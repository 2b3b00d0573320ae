/** Kinds of vault, and what differs between them: as data, so that nobody asks for a vendor's name. */
export const CONNECTION_KINDS = ['azure_key_vault', 'azure_managed_hsm'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

export const ENVIRONMENTS = ['local', 'test', 'production'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

export interface KindFacts {
  label: string
  /** Role that may import, as the vendor names it at data plane level. */
  importRole: string
  /** Role that holds keys for use and, on the other product, imports: the names are reversed. */
  notTheImportRole: string
  /** Whether symmetric keys may arrive as transfer blobs. */
  takesOctBlobs: boolean
  /** Whether it holds keys that are protected by software. */
  takesSoftwareKeys: boolean
  urlSuffixes: readonly string[]
  /** How the az command line names the vault. */
  azFlag: '--vault-name' | '--hsm-name'
}

export const KIND_FACTS = {
  azure_key_vault: {
    label: 'Azure Key Vault',
    importRole: 'Key Vault Crypto Officer',
    notTheImportRole: 'Key Vault Crypto User',
    takesOctBlobs: false,
    takesSoftwareKeys: true,
    urlSuffixes: ['.vault.azure.net', '.vault.azure.cn', '.vault.usgovcloudapi.net'],
    azFlag: '--vault-name',
  },
  azure_managed_hsm: {
    label: 'Azure Managed HSM',
    importRole: 'Managed HSM Crypto User',
    notTheImportRole: 'Managed HSM Crypto Officer',
    takesOctBlobs: true,
    takesSoftwareKeys: false,
    urlSuffixes: ['.managedhsm.azure.net', '.managedhsm.azure.cn', '.managedhsm.usgovcloudapi.net'],
    azFlag: '--hsm-name',
  },
} as const satisfies Record<ConnectionKind, KindFacts>
