import type { NameRecord } from '../../store/records'
import { pageReply, readPaging } from '../paging'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyItem } from '../wire'

/** Live names, each with its latest version's attributes and a kid without version. */
export function listKeys(call: VaultCall): VaultReply {
  const { after, limit } = readPaging(call.query)
  const page = call.vault.keys.names(after, limit, (record) => record.deletion === null)
  return pageReply(call, 'keys', page, (record) => toItem(call, record))
}

function toItem(call: VaultCall, { name, latest }: NameRecord): unknown {
  const record = call.vault.keys.version(name, latest)
  return record && keyItem(call.vault, name, record, false)
}
