import type { KeyWriter } from '../store/key-store'
import type { Deletion, NameRecord, UnixSeconds, VersionRecord } from '../store/records'
import { forbidden, keyNotFound, nameIsBeingDeleted } from './fault'
import type { VaultCall, VaultContext } from './vault-call'

export type FoundKey = { name: string; record: VersionRecord }

/** The asked version of a live name, or its latest. */
export function findKey(vault: VaultContext, name: string, version: string | undefined): FoundKey {
  const found = vault.keys.name(name)
  const record = found && !found.deletion && vault.keys.version(name, version ?? found.latest)
  if (!found || !record) throw keyNotFound(name, version)
  return { name: found.name, record }
}

export type FoundDeleted = { found: NameRecord; deletion: Deletion; record: VersionRecord }

/** A deletion may take a moment; until it is complete the key is neither among the live nor among the deleted. */
export function isComplete({ completed }: Deletion, now: UnixSeconds): boolean {
  return completed === undefined || completed <= now
}

export function findDeleted(vault: VaultContext, name: string): FoundDeleted {
  const found = vault.keys.name(name)
  const record = found?.deletion && vault.keys.version(name, found.latest)
  if (!found?.deletion || !record || !isComplete(found.deletion, vault.now())) throw keyNotFound(name)
  return { found, deletion: found.deletion, record }
}

/** In the commit that recovers or purges: the deleted name, whose deletion must be complete. */
export function findDeletedFor(
  { name, vault }: VaultCall,
  write: KeyWriter,
): { found: NameRecord; record: VersionRecord } {
  const found = write.name(name)
  const record = found?.deletion && write.version(name, found.latest)
  if (!found?.deletion || !record) throw keyNotFound(name)
  if (!isComplete(found.deletion, vault.now())) throw nameIsBeingDeleted(name)
  return { found, record }
}

/** Outside nbf and exp these are refused; decrypt, unwrapKey and verify still work there. */
const needsItsTime = new Set(['encrypt', 'sign', 'wrapKey', 'import'])

/** The key for a cryptographic operation: enabled, permitted, in its time. `operation` is a key_ops name. */
export function findKeyFor(call: VaultCall, operation: string): FoundKey {
  const found = findKey(call.vault, call.name, call.version)
  checkUsable(found.record, operation, call.vault.now())
  return found
}

export function checkUsable(record: VersionRecord, operation: string, now: number): void {
  if (!record.enabled) throw forbidden('KeyDisabled', `Operation ${operation} is not allowed on a disabled key.`)
  if (!record.keyOps.includes(operation))
    throw forbidden('KeyOperationForbidden', `Operation ${operation} is not permitted on this key.`)
  if (!needsItsTime.has(operation)) return
  if (record.nbf !== null && now < record.nbf)
    throw forbidden('KeyNotYetValid', `Operation ${operation} is not allowed on a key that is not yet valid.`)
  if (record.exp !== null && now >= record.exp)
    throw forbidden('KeyExpired', `Operation ${operation} is not allowed on an expired key.`)
}
