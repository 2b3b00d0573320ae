import { keyNotFound } from '../fault'
import { pageReply, readPaging } from '../paging'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyItem } from '../wire'

export function listVersions(call: VaultCall): VaultReply {
  const found = call.vault.keys.name(call.name)
  if (!found || found.deletion) throw keyNotFound(call.name)
  const { after, limit } = readPaging(call.query)
  const page = call.vault.keys.versions(found.name, after, limit)
  return pageReply(call, `keys/${found.name}/versions`, page, (record) => keyItem(call.vault, found.name, record, true))
}
