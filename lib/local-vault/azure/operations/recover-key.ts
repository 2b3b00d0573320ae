import { keyNotFound } from '../fault'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

export async function recoverKey(call: VaultCall): Promise<VaultReply> {
  const { name, record } = await call.vault.keys.commit((write) => {
    const found = write.name(call.name)
    const latest = found?.deletion && write.version(found.name, found.latest)
    if (!found || !latest) throw keyNotFound(call.name)
    write.putName({ ...found, deletion: null })
    return { name: found.name, record: latest }
  })
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}
