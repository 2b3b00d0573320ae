import type { NameRecord } from '../../store/records'
import { isComplete } from '../find-key'
import { pageReply, readPaging } from '../paging'
import type { VaultCall, VaultReply } from '../vault-call'
import { deletedKeyItem } from '../wire'

export function listDeleted(call: VaultCall): VaultReply {
  const { after, limit } = readPaging(call.query)
  const now = call.vault.now()
  const isDeleted = ({ deletion }: NameRecord) => deletion !== null && isComplete(deletion, now)
  const page = call.vault.keys.names(after, limit, isDeleted)
  return pageReply(call, 'deletedkeys', page, (record) => toItem(call, record))
}

function toItem(call: VaultCall, found: NameRecord): unknown {
  const record = call.vault.keys.version(found.name, found.latest)
  return record && found.deletion && deletedKeyItem(call.vault, found, record, found.deletion)
}
