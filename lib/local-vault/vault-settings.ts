import { z } from 'zod'

/** What one installation may run. The third vault is there only when somebody asked for it. */
export const vaultNames = ['local-vault', 'local-hsm', 'local-standard'] as const
export type VaultName = (typeof vaultNames)[number]

/** Soft delete keeps what was deleted for this many days (https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview). */
export const retentionDays = { min: 7, max: 90 } as const
/** Days. */
const retention = z.int().min(retentionDays.min).max(retentionDays.max).default(retentionDays.max)
const region = z
  .string()
  .regex(/^[a-z0-9]{1,40}$/)
  .default('local')

/** A Managed HSM has its local roles alone. */
export const accessModels = ['access-policy', 'rbac'] as const
export type AccessModel = (typeof accessModels)[number]

const common = {
  softDeleteRetentionDays: retention,
  /** Nobody purges; what was deleted goes at its scheduled date. */
  purgeProtection: z.boolean().default(false),
  /** The subscription can't be cancelled while something is deleted but kept. Nobody purges then, either. */
  protectedSubscription: z.boolean().default(false),
  /** Written in the answers' `x-ms-keyvault-region`; a backup is restored only where region and subscription are its own. */
  region,
  /** Default: the installation's. */
  subscriptionId: z.uuid().optional(),
}

const keyVault = z.strictObject({
  kind: z.literal('azure-key-vault'),
  tier: z.enum(['premium', 'standard']),
  throttling: z.boolean().default(false),
  /** Whose word counts: the vault's access policy, or roles, as new vaults have it. */
  accessModel: z.enum(accessModels).default('rbac'),
  ...common,
})
const managedHsm = z.strictObject({ kind: z.literal('azure-managed-hsm'), ...common })

/** The `vaults` of settings.json. */
export const vaultsSchema = z.strictObject({
  'local-vault': keyVault.prefault({ kind: 'azure-key-vault', tier: 'premium' }),
  'local-hsm': managedHsm.prefault({ kind: 'azure-managed-hsm' }),
  'local-standard': keyVault.optional(),
})

export type VaultsSettings = z.infer<typeof vaultsSchema>
type KeyVaultSettings = z.infer<typeof keyVault>
type ManagedHsmSettings = z.infer<typeof managedHsm>

/** One vault as it is: a Managed HSM has no tier and never throttles. */
export type VaultSettings = (KeyVaultSettings | ManagedHsmSettings) & { subscriptionId: string }

/** What a start may change of every vault (`tier` of local-vault only, `accessModel` and `throttling` of vaults only); what is changed is kept. */
export type VaultChanges = Partial<
  Pick<
    KeyVaultSettings,
    | 'tier'
    | 'accessModel'
    | 'throttling'
    | 'softDeleteRetentionDays'
    | 'purgeProtection'
    | 'protectedSubscription'
    | 'region'
  >
>

/** What a start may ask for: a third vault of the standard tier, and other properties for all of them or for one. */
export type VaultsWish = { standard?: boolean; every?: VaultChanges; one?: Partial<Record<VaultName, VaultChanges>> }

export const noVaults = vaultsSchema.parse({})

/** The vaults with the wish applied. */
export function changeVaults(vaults: VaultsSettings, wish: VaultsWish): VaultsSettings {
  const standard: KeyVaultSettings | undefined =
    vaults['local-standard'] ?? (wish.standard ? { ...vaults['local-vault'], tier: 'standard' } : undefined)
  const { tier: _tier, ...every } = wish.every ?? {}
  const one = wish.one ?? {}
  return {
    'local-vault': { ...vaults['local-vault'], ...wish.every, ...one['local-vault'] },
    'local-hsm': { ...vaults['local-hsm'], ...withoutVaultOnly({ ...every, ...one['local-hsm'] }) },
    'local-standard': standard && { ...standard, ...every, ...one['local-standard'] },
  }
}

function withoutVaultOnly({ tier: _tier, accessModel: _model, throttling: _throttling, ...common }: VaultChanges) {
  return common
}
