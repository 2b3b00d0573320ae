import { randomUUID } from 'node:crypto'
import type { AcknowledgedLog } from '../acknowledged-log'
import type { DueHandlers } from '../due-work'
import type { DueEntry } from '../store/due-index'
import type { KeyStore, Store } from '../store/key-store'
import type { RotationRecord } from '../store/records'
import { Fault } from './fault'
import { rearm } from './rotation/due-times'
import { rotate } from './rotation/rotate'
import type { VaultContext } from './vault-call'

/** What a vault does by itself, under these names in the acknowledged log. */
type TimedOperation = 'scheduled-purge' | 'rotate-if-due' | 'near-expiry'

type Ended = { operation: TimedOperation; version: string | null; status: number }

export function dueHandlers(store: Store, vaults: VaultContext[], log: AcknowledgedLog): DueHandlers {
  const note = ({ vault, name, at }: DueEntry, ended: Ended) =>
    log.append({
      time: new Date(at * 1000).toISOString(),
      vault,
      name,
      ...ended,
      requestId: randomUUID(),
      clientRequestId: null,
      appid: 'local-vault',
    })

  return {
    async purge(entries) {
      for (const vault of new Set(entries.map((entry) => entry.vault))) {
        const own = entries.filter((entry) => entry.vault === vault)
        for (const entry of await purgeAll(store.keysOf(vault), own))
          note(entry, { operation: 'scheduled-purge', version: null, status: 204 })
      }
    },
    async policy(entry) {
      const vault = vaults.find(({ name }) => name === entry.vault)
      const rotation = store.keysOf(entry.vault).rotation(entry.name)
      const ended = vault && rotation && (await followPolicy(vault, rotation, entry))
      if (ended) note(entry, ended)
      else await disarm(store, entry)
    },
  }
}

/** Gives those that were purged: others were recovered since. */
function purgeAll(keys: KeyStore, entries: DueEntry[]): Promise<DueEntry[]> {
  return keys.commit((write) => {
    const due = entries.filter(({ name, at }) => write.name(name)?.deletion?.scheduledPurgeDate === at)
    for (const { name } of due) write.purge(name)
    return due
  })
}

/** Notices come before a rotation of the same second. */
async function followPolicy(vault: VaultContext, { due }: RotationRecord, entry: DueEntry): Promise<Ended> {
  if (due.notify === entry.at) return tellNearExpiry(vault, entry)
  try {
    const { record } = await rotate(vault, entry.name, entry.at)
    return { operation: 'rotate-if-due', version: record.version, status: 200 }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    await vault.keys.commit((write) => {
      const rotation = write.rotation(entry.name)
      if (rotation) write.putRotation(entry.name, { ...rotation, due: { ...rotation.due, rotate: null } })
    })
    return { operation: 'rotate-if-due', version: null, status: error.status }
  }
}

/** In the cloud an Event Grid event; here a line in the log. */
async function tellNearExpiry({ keys }: VaultContext, { name, at }: DueEntry): Promise<Ended> {
  const version = await keys.commit((write) => {
    const notified = write.name(name)?.latest ?? null
    const rotation = write.rotation(name)
    if (rotation) write.putRotation(name, { ...rotation, notified })
    rearm(write, name, at)
    return notified
  })
  return { operation: 'near-expiry', version, status: 200 }
}

/** An entry that belongs to nothing (its vault is not run any more): it would come up for ever. */
async function disarm(store: Store, { vault, name }: DueEntry): Promise<void> {
  await store.keysOf(vault).commit((write) => {
    const rotation = write.rotation(name)
    if (rotation) write.putRotation(name, { ...rotation, due: { rotate: null, notify: null } })
  })
}
