import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import type { Context } from '../context'
import type { Operation } from '../db/generated/client'
import type { Transaction } from '../db/transaction'
import { INTENT_TAG } from '../operations/find-own-version'
import { type VersionAddress, versionNamed } from '../operations/version-address'
import { targetOf } from './creation-params'

type Creation = Pick<Operation, 'actorId' | 'status' | 'keyName' | 'params'>

/** The act that made this version here; null where it came another way. */
export async function creationOf(
  db: Transaction | Context['db'],
  { connectionId, keyName, keyVersion }: VersionAddress,
): Promise<Creation | null> {
  const [row] = await db.$queryRaw<Creation[]>`
    SELECT actor_id AS "actorId", status, key_name AS "keyName", params FROM operation
    WHERE connection_id = ${connectionId}::uuid AND lower(key_name) = lower(${keyName}) AND kind = 'create_key'
      AND key_version = ${keyVersion}
    LIMIT 1`
  return row ?? null
}

/** What our own creation tells about a version that the vault does not. It is looked for where a tag names an intent. */
export async function findOwnCreation(
  db: Context['db'],
  connectionId: string,
  { name, version, tags }: Pick<VaultKey, 'name' | 'version' | 'tags'>,
): Promise<{ neverEnabled: boolean; sizeOrCurve: string } | null> {
  const address = { connectionId, keyName: name, keyVersion: version }
  const made = tags[INTENT_TAG] ? await creationOf(db, address) : null
  if (!made) return null
  return { neverEnabled: !(await wasApproved(db, address)), sizeOrCurve: targetOf(made).sizeOrCurve }
}

/** Whether a version that was made here waits for nobody any more: a request to enable it was approved. */
export async function wasApproved(db: Context['db'], address: VersionAddress): Promise<boolean> {
  const approved = await db.enableRequest.count({
    where: { ...versionNamed(address), act: 'enable', status: { in: ['enabling', 'enabled'] } },
  })
  return approved > 0
}
