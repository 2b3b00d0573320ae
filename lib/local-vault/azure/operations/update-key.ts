import type { z } from 'zod'
import type { VersionRecord } from '../../store/records'
import { checkTimes } from '../add-version'
import { badParameter, keyNotFound } from '../fault'
import { readKeyOperations } from '../key-operations'
import { checkExportable, readReleasePolicy } from '../release-policy'
import { parseBody, updateBody } from '../request-body'
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
    return { name: found.name, record: updated }
  })
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}

function applyUpdate(call: VaultCall, current: VersionRecord, update: Update): VersionRecord {
  const { enabled, nbf, exp, exportable } = update.attributes ?? {}
  if (exportable !== undefined && exportable !== current.exportable)
    throw badParameter('AKV.SKR.1014: Cannot modify the exportable state of a key.')
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
  if (call.version) throw badParameter('AKV.SKR.1016: Key Release Policy can only be set on versionless key.')
  if (current.releasePolicy?.immutable)
    throw badParameter('AKV.SKR.1020: Immutable Key Release Policy cannot be modified.')
  const policy = readReleasePolicy(update.release_policy)
  checkExportable(current.kty, current.exportable, policy)
  return policy
}
