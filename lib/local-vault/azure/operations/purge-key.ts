import { keyNotFound, purgeIsProtected } from '../fault'
import { mayPurge } from '../recovery-level'
import type { VaultCall, VaultReply } from '../vault-call'

export async function purgeKey(call: VaultCall): Promise<VaultReply> {
  await call.vault.keys.commit((write) => {
    if (!write.name(call.name)?.deletion) throw keyNotFound(call.name)
    if (!mayPurge(call.vault.settings)) throw purgeIsProtected()
    write.purge(call.name)
  })
  return { status: 204 }
}
