import { type ConnectionKind, KIND_FACTS } from '../connections/kind'
import type { KeyType } from '../keys/key-type'

/** A Key Vault's tier: its data plane does not tell it, so it may be unknown (null). */
export const VAULT_TIERS = ['standard', 'premium'] as const
export type VaultTier = (typeof VAULT_TIERS)[number]

/** What a vault holds keys in, as far as known. */
export interface Protections {
  software: boolean
  hardware: 'yes' | 'no' | 'not-known'
}

/** Which protections an import may ask a vault for. A Managed HSM holds nothing in software, a Standard vault nothing in hardware. */
export function protectionsOf(vault: { kind: ConnectionKind; tier?: VaultTier | null | undefined }): Protections {
  const { takesSoftwareKeys } = KIND_FACTS[vault.kind]
  if (!takesSoftwareKeys) return { software: false, hardware: 'yes' }
  if (!vault.tier) return { software: true, hardware: 'not-known' }
  return { software: true, hardware: vault.tier === 'premium' ? 'yes' : 'no' }
}

export const isHardware = (kty: KeyType): boolean => kty.endsWith('-HSM')
