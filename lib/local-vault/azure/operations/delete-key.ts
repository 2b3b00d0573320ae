import { keyNotFound } from '../fault'
import { rearm } from '../rotation/due-times'
import type { VaultCall, VaultReply } from '../vault-call'
import { deletedKeyBundle } from '../wire'

const secondsPerDay = 86_400

/** Soft delete: all versions go, the name stays taken until recovered or purged. */
export async function deleteKey(call: VaultCall): Promise<VaultReply> {
  const deletedDate = call.vault.now()
  const deletion = {
    deletedDate,
    scheduledPurgeDate: deletedDate + call.vault.settings.softDeleteRetentionDays * secondsPerDay,
    ...(call.deletionSeconds > 0 && { completed: deletedDate + call.deletionSeconds }),
  }
  const { found, record } = await call.vault.keys.commit((write) => {
    const live = write.name(call.name)
    const latest = live && !live.deletion && write.version(live.name, live.latest)
    if (!live || !latest) throw keyNotFound(call.name)
    write.putName({ ...live, deletion })
    rearm(write, live.name, deletedDate)
    return { found: live, record: latest }
  })
  return { status: 200, body: deletedKeyBundle(call.vault, found, record, deletion), version: record.version }
}
