import { purgeIsProtected } from '../fault'
import { findDeletedFor } from '../find-key'
import { mayPurge } from '../recovery-level'
import type { VaultCall, VaultReply } from '../vault-call'

/** For good: no version, no private half, no policy is left. */
export async function purgeKey(call: VaultCall): Promise<VaultReply> {
  await call.vault.keys.commit((write) => {
    findDeletedFor(call, write)
    if (!mayPurge(call.vault.settings)) throw purgeIsProtected()
    write.purge(call.name)
  })
  return { status: 204 }
}
