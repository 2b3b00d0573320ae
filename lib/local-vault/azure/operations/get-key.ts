import { findKey } from '../find-key'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

export function getKey(call: VaultCall): VaultReply {
  const { name, record } = findKey(call.vault, call.name, call.version)
  return { status: 200, body: keyBundle(call.vault, name, record) }
}
