import { randomUUID } from 'node:crypto'
import type { AcknowledgedLog } from '../acknowledged-log'
import type { AuditLog } from '../audit-log/audit-log'
import type { AuditedVault, EndedCall, OwnOperation } from '../audit-log/ended-call'
import type { DueHandlers } from '../due-work'
import type { DueEntry } from '../store/due-index'
import type { KeyStore, Store } from '../store/key-store'
import type { RotationRecord } from '../store/records'
import { Fault } from './fault'
import { rearm } from './rotation/due-times'
import { rotate } from './rotation/rotate'
import type { VaultContext } from './vault-call'

/** What a vault does by itself, under these names in the acknowledged log. */
type TimedOperation = 'scheduled-purge' | OwnOperation

type Ended = { operation: TimedOperation; version: string | null; status: number }
type PolicyEnded = Ended & { operation: OwnOperation }

export type OwnLogs = { log: AcknowledgedLog; audit: AuditLog; auditedOf: (vault: VaultContext) => AuditedVault }

export function dueHandlers(store: Store, vaults: VaultContext[], { log, audit, auditedOf }: OwnLogs): DueHandlers {
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
      if (!ended) return disarm(store, entry)
      note(entry, ended)
      audit.append(auditedOf(vault), describeOwn(entry, ended))
    },
  }
}

function describeOwn({ name, at }: DueEntry, { operation, version, status }: PolicyEnded): EndedCall {
  return {
    time: at * 1000,
    durationMs: 0,
    operation,
    apiVersion: '',
    key: { name, version },
    status,
    description: null,
    caller: null,
    correlationId: randomUUID(),
    request: null,
    access: null,
    answered: null,
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
async function followPolicy(vault: VaultContext, { due }: RotationRecord, entry: DueEntry): Promise<PolicyEnded> {
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
async function tellNearExpiry({ keys }: VaultContext, { name, at }: DueEntry): Promise<PolicyEnded> {
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
