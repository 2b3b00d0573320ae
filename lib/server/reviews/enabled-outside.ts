import 'server-only'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import type { LoadedImport } from './load-import'

/** A key under review was found enabled, and not by us. */
export async function noteEnabledOutside(
  ctx: Context,
  loaded: Pick<LoadedImport, 'row' | 'connection' | 'version'>,
): Promise<void> {
  const { row, connection, version } = loaded
  await inTransaction(ctx.db, (tx) =>
    raiseAlarm(ctx, tx, {
      kind: 'enabled-outside',
      connection,
      keyName: row.keyName,
      keyVersion: version,
      importId: row.id,
      facts: { reference: row.reference },
    }),
  )
}
