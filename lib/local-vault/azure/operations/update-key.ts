import type { z } from 'zod'
import type { Page } from '../../store/key-store'
import type { VersionRecord } from '../../store/records'
import { checkTimes } from '../add-version'
import { keyNotFound } from '../fault'
import { readKeyOperations } from '../key-operations'
import { pageSize } from '../limits'
import { releaseFault } from '../release/release-fault'
import { checkExportable, readReleasePolicy } from '../release-policy'
import { parseBody, updateBody } from '../request-body'
import { rearm } from '../rotation/due-times'
import type { VaultCall, VaultReply } from '../vault-call'
import { keyBundle } from '../wire'

type Update = z.infer<typeof updateBody>

/** PATCH: what is given replaces (tags as a whole), what is not given stays. */
export async function updateKey(call: VaultCall): Promise<VaultReply> {
  const update = parseBody(updateBody, call.body)
  const { name, record } = await call.vault.keys.commit((write) => {
    const found = write.name(call.name)
    const current = found && !found.deletion && write.version(call.name, call.version ?? found.latest)
    if (!found || !current) throw keyNotFound(call.name, call.version)
    const updated = applyUpdate(call, current, update)
    write.putVersion(found.name, updated)
    if (update.release_policy) setPolicyOfOthers(call, found.name, updated, write.putVersion)
    rearm(write, found.name, updated.updated)
    return { name: found.name, record: updated }
  })
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}

/** A policy is the key's, not one version's: an older version must not stay releasable under what was replaced. */
function setPolicyOfOthers(
  call: VaultCall,
  name: string,
  { version, releasePolicy }: VersionRecord,
  put: (name: string, record: VersionRecord) => void,
): void {
  for (let after: string | null = null; ; ) {
    const page: Page<VersionRecord> = call.vault.keys.versions(name, after, pageSize)
    for (const other of page.items)
      if (other.version !== version && other.exportable) put(name, { ...other, releasePolicy })
    if (page.next === null) return
    after = page.next
  }
}

function applyUpdate(call: VaultCall, current: VersionRecord, update: Update): VersionRecord {
  const { enabled, nbf, exp, exportable } = update.attributes ?? {}
  if (exportable !== undefined && exportable !== current.exportable) throw releaseFault(call.vault.kind, 1014)
  const updated: VersionRecord = {
    ...current,
    enabled: enabled ?? current.enabled,
    nbf: nbf ?? current.nbf,
    exp: exp ?? current.exp,
    keyOps: update.key_ops ? readKeyOperations(current.kty, update.key_ops, current.exportable) : current.keyOps,
    tags: update.tags ?? current.tags,
    releasePolicy: update.release_policy ? replacePolicy(call, current, update) : current.releasePolicy,
    updated: call.vault.now(),
  }
  checkTimes(updated.nbf, updated.exp)
  return updated
}

function replacePolicy(call: VaultCall, current: VersionRecord, update: Update): VersionRecord['releasePolicy'] {
  if (call.version) throw releaseFault(call.vault.kind, 1016)
  if (current.releasePolicy?.immutable) throw releaseFault(call.vault.kind, 1020)
  const policy = readReleasePolicy(update.release_policy)
  checkExportable(call, current.kty, current.exportable, policy)
  return policy
}
