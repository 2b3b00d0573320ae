import { findDeletedFor } from '../find-key'
import { rearm } from '../rotation/due-times'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

/** Brings back the name with all its versions; its rotation policy goes on. */
export async function recoverKey(call: VaultCall): Promise<VaultReply> {
  const { name, record } = await call.vault.keys.commit((write) => {
    const { found, record } = findDeletedFor(call, write)
    write.putName({ ...found, deletion: null })
    rearm(write, found.name, call.vault.now())
    return { name: found.name, record }
  })
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}
