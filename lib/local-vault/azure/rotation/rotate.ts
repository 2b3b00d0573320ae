import { randomBytes } from 'node:crypto'
import type { KeyWriter } from '../../store/key-store'
import type { NameRecord, UnixSeconds, VersionRecord } from '../../store/records'
import { generateKey, shapeLike } from '../cryptography/generate-key'
import { forbidden, keyNotFound } from '../fault'
import { findKey } from '../find-key'
import type { VaultContext } from '../vault-call'
import { refuseManyVersions } from '../version-limit'
import { expiryAfterRotation, rearm } from './due-times'

export type Rotated = { name: string; record: VersionRecord }

/**
 * Makes the name's next version as of `at`: new material of the same type, size and curve; operations, tags, exportability
 * and release policy as before; enabled, no nbf, exp by the policy's expiryTime. Throws a Fault for what can't be rotated.
 */
export async function rotate(vault: VaultContext, name: string, at: UnixSeconds): Promise<Rotated> {
  const { record: before } = findKey(vault, name, undefined)
  refuseDisabled(before)
  const { publicPart, secret } = await generateKey(shapeLike(before.publicPart))
  const rotated = await vault.keys.commit((write) => {
    const { found, latest } = findLatest(write, name)
    refuseDisabled(latest)
    refuseManyVersions(vault, write, name)
    const record: VersionRecord = {
      ...latest,
      version: randomBytes(16).toString('hex'),
      publicPart,
      nbf: null,
      exp: expiryAfterRotation(write.rotation(name)?.policy, at),
      created: at,
      updated: at,
    }
    write.addVersion(found.name, record, secret)
    write.putName({ ...found, latest: record.version })
    rearm(write, found.name, at)
    return { name: found.name, record }
  })
  secret.fill(0)
  return rotated
}

function findLatest(write: KeyWriter, name: string): { found: NameRecord; latest: VersionRecord } {
  const found = write.name(name)
  const latest = found && !found.deletion && write.version(name, found.latest)
  if (!found || !latest) throw keyNotFound(name)
  return { found, latest }
}

function refuseDisabled({ enabled }: VersionRecord): void {
  if (!enabled) throw forbidden('KeyDisabled', 'Operation rotate is not allowed on a disabled key.')
}
