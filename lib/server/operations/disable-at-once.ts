import 'server-only'
import { ProviderError, type VaultKey, type VaultProvider } from '@/lib/providers/port'

/** It must never be usable before a review. That it could not be disabled shows at the alarm, and to the inventory. */
export async function disableAtOnce(provider: VaultProvider, { name, version }: VaultKey): Promise<void> {
  try {
    await provider.updateVersion({ name, version, enabled: false })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
  }
}
