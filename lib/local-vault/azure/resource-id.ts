import type { VaultContext } from './vault-call'

/** There are no resource groups here; this stands where the cloud names one. */
const resourceGroup = 'local'

/** The vault's Azure Resource Manager id, as documented. */
export function resourceIdOf({ name, kind, settings }: Pick<VaultContext, 'name' | 'kind' | 'settings'>): string {
  const type = kind === 'azure-managed-hsm' ? 'managedHSMs' : 'vaults'
  return `/subscriptions/${settings.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/${type}/${name}`
}
