import 'server-only'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import type { LoadedImport } from './load-import'

/**
 * A key under review was found enabled. An act of ours may have begun between our record and the vault's answer, and its
 * intent is always older than its call: so the alarm is raised only if the import still is as it was read. True: raised.
 */
export async function noteEnabledOutside(
  ctx: Context,
  { row, connection, version }: Pick<LoadedImport, 'row' | 'connection' | 'version'>,
): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { id, revision, status } = row
    if (!(await tx.import.findFirst({ where: { id, revision, status }, select: { id: true } }))) return false
    await raiseAlarm(ctx, tx, {
      kind: 'enabled-outside',
      connection,
      keyName: row.keyName,
      keyVersion: version,
      importId: row.id,
      facts: { reference: row.reference },
    })
    return true
  })
}
