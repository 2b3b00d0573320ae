import { findDeleted } from '../find-key'
import type { VaultCall, VaultReply } from '../vault-call'
import { deletedKeyBundle } from '../wire'

export function getDeleted(call: VaultCall): VaultReply {
  const { found, record, deletion } = findDeleted(call.vault, call.name)
  return { status: 200, body: deletedKeyBundle(call.vault, found, record, deletion) }
}
