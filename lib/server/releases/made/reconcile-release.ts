import 'server-only'
import { endOf } from '@/lib/domain/releases/release-verdict'
import { inTransaction } from '../../db/transaction'
import { connectionOf } from '../../operations/connection-of'
import { finishOperation } from '../../operations/finish-operation'
import type { Reconcile } from '../../operations/reconcile-operation'
import { findOwnRecord } from '../evaluation/find-own-record'
import { toRecordView } from '../history-sql'

/**
 * A release leaves nothing behind at the key that could be asked for. Only the vault's own log tells, once it was read; until
 * then, and where none is read, nobody knows. Never sent again.
 */
export const reconcileRelease: Reconcile = async (ctx, operation) => {
  const row = await findOwnRecord(ctx.db, operation)
  if (!row) return 'ask-again'
  const record = toRecordView(row)
  const connection = await connectionOf(ctx.db, operation)
  const released = record.decision === 'allowed'
  await inTransaction(ctx.db, (tx) =>
    finishOperation(ctx, tx, {
      operationId: operation.id,
      connection,
      actor: null,
      status: released ? 'succeeded' : 'failed',
      ...(released ? {} : { code: record.decision === 'denied' ? 'release-denied' : 'vault-refused' }),
      facts: { end: endOf(record), toldByRecord: record.digest },
    }),
  )
  return 'done'
}
