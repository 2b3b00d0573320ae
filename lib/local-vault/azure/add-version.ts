import { randomBytes } from 'node:crypto'
import type { KeyStore } from '../store/key-store'
import type { Deletion, KeyType, VersionRecord } from '../store/records'
import type { KeyMaterial } from './cryptography/key-material'
import { badParameter, type Fault, nameIsBeingDeleted, nameIsDeleted } from './fault'
import { isComplete } from './find-key'
import { readKeyOperations } from './key-operations'
import { checkExportable, checkSuccessor, readReleasePolicy } from './release-policy'
import type { CommonBody, GivenReleasePolicy } from './request-body'
import { rearm } from './rotation/due-times'
import type { VaultCall, VaultReply } from './vault-call'
import { refuseManyVersions } from './version-limit'
import { keyBundle } from './wire'

type Given = CommonBody & { release_policy: GivenReleasePolicy }
type Draft = Omit<VersionRecord, 'publicPart'>

/** Everything about a new version that can be refused before its key is made or unwrapped. */
export function draftVersion(call: VaultCall, kty: KeyType, keyOps: string[] | undefined, given: Given): Draft {
  refuseDeletedName(call)
  const exportable = given.attributes?.exportable ?? false
  const releasePolicy = readReleasePolicy(given.release_policy)
  checkExportable(call, kty, exportable, releasePolicy)
  checkSuccessor(call, latestIn(call.vault.keys, call.name), { exportable, releasePolicy })
  const nbf = given.attributes?.nbf ?? null
  const exp = given.attributes?.exp ?? null
  checkTimes(nbf, exp)
  const now = call.vault.now()
  return {
    version: randomBytes(16).toString('hex'),
    kty,
    keyOps: readKeyOperations(kty, keyOps, exportable),
    enabled: given.attributes?.enabled ?? true,
    nbf,
    exp,
    created: now,
    updated: now,
    exportable,
    releasePolicy,
    tags: given.tags ?? {},
  }
}

export function checkTimes(nbf: number | null, exp: number | null): void {
  if (nbf !== null && exp !== null && exp <= nbf) throw badParameter('The property "exp" must be later than "nbf".')
}

/** Commits the version as the name's latest; the name may be new. */
export async function addVersion(call: VaultCall, draft: Draft, material: KeyMaterial): Promise<VaultReply> {
  const record: VersionRecord = { ...draft, publicPart: material.publicPart }
  const name = await call.vault.keys.commit((write) => {
    const existing = write.name(call.name)
    if (existing?.deletion) throw nameIsTaken(call, existing.deletion)
    checkSuccessor(call, latestIn(write, call.name), record)
    refuseManyVersions(call.vault, write, call.name)
    const kept = existing?.name ?? call.name
    write.putName({ name: kept, latest: record.version, deletion: null })
    write.addVersion(kept, record, material.secret)
    rearm(write, kept, record.created)
    return kept
  })
  material.secret.fill(0)
  return { status: 200, body: keyBundle(call.vault, name, record), version: record.version }
}

type Reader = Pick<KeyStore, 'name' | 'version'>

function latestIn(keys: Reader, name: string): VersionRecord | undefined {
  const found = keys.name(name)
  return found && keys.version(name, found.latest)
}

function refuseDeletedName(call: VaultCall): void {
  const deletion = call.vault.keys.name(call.name)?.deletion
  if (deletion) throw nameIsTaken(call, deletion)
}

/** Deleted, or still being deleted: either way no new key may have the name. */
export function nameIsTaken({ name, vault }: VaultCall, deletion: Deletion): Fault {
  return isComplete(deletion, vault.now()) ? nameIsDeleted(name) : nameIsBeingDeleted(name)
}
