import type { VaultKind } from './azure/vault-kind'
import type { Listener } from './listeners'
import type { ListenerName, Settings } from './settings'
import { type VaultName, type VaultSettings, vaultNames } from './vault-settings'

const listenerOf = {
  'local-vault': 'vault',
  'local-hsm': 'managedHsm',
  'local-standard': 'standardVault',
} as const satisfies Record<VaultName, ListenerName>

type OpenVault = { name: VaultName; kind: VaultKind; listener: Listener; settings: VaultSettings }

/** The vaults that the settings name, each with its port. */
export async function openVaults(
  { vaults, subscriptionId }: Settings,
  listen: (name: ListenerName) => Promise<Listener>,
): Promise<OpenVault[]> {
  const opened: OpenVault[] = []
  for (const name of vaultNames) {
    const settings = vaults[name]
    if (!settings) continue
    const listener = await listen(listenerOf[name])
    opened.push({
      name,
      kind: settings.kind,
      listener,
      settings: { ...settings, subscriptionId: settings.subscriptionId ?? subscriptionId },
    })
  }
  return opened
}
