import { keyNotFound } from '../fault'
import type { VaultCall, VaultReply } from '../vault-call'

export async function purgeKey(call: VaultCall): Promise<VaultReply> {
  await call.vault.keys.commit((write) => {
    if (!write.name(call.name)?.deletion) throw keyNotFound(call.name)
    write.purge(call.name)
  })
  return { status: 204 }
}
