import 'server-only'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'
import { type VersionAddress, versionNamed } from '../operations/version-address'

/** Whether somebody marked this version, and nobody took the mark back. */
export async function isCompromised(db: Transaction | Context['db'], address: VersionAddress): Promise<boolean> {
  const { keyName, keyVersion, connectionId } = versionNamed(address)
  const marked = await db.keyVersion.findFirst({
    where: { version: keyVersion, keyRecord: { connectionId, name: keyName }, compromisedAt: { not: null } },
    select: { id: true },
  })
  return marked !== null
}
