import 'server-only'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'
import { type VersionAddress, versionNamed } from '../operations/version-address'

/** The import that brought this version; null where it came another way. */
export function importOf(db: Transaction | Context['db'], address: VersionAddress) {
  return db.import.findFirst({
    where: versionNamed(address),
    select: { importerId: true, status: true, reference: true },
  })
}
