import 'server-only'
import type { VaultKey } from '@/lib/providers/port'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import { compareArrival } from '../imports/compare-arrival'
import type { ClosingOperation } from '../operations/closing-operation'
import { connectionOf } from '../operations/connection-of'
import { disableAtOnce } from '../operations/disable-at-once'
import { INTENT_TAG } from '../operations/find-own-version'
import { finishOperation } from '../operations/finish-operation'
import { type Making, settleMade } from '../operations/make-key'
import { noteInIndex } from '../operations/note-in-index'
import type { Reconcile } from '../operations/reconcile-operation'
import { targetOf } from './creation-params'

/** How the making of an exportable key is recorded. */
export const KEY_MAKING: Making = { complete, fail }

export const reconcileCreateKey: Reconcile = async (ctx, operation) =>
  settleMade(ctx, { operation, connection: await connectionOf(ctx.db, operation), actor: null }, KEY_MAKING)

/** The key is in the vault: as it was asked for, or failed because the vault made another of it. */
async function complete(
  ctx: Context,
  closing: ClosingOperation,
  key: VaultKey,
  vaultRequestId: string | null,
): Promise<void> {
  const { operation, connection, actor } = closing
  const differences = compareArrival(targetOf(operation), { [INTENT_TAG]: operation.id }, key)
  const { enabled } = key.attributes
  if (enabled) await disableAtOnce(ctx, closing, key)
  const about = { connection, keyName: key.name, keyVersion: key.version, operationId: operation.id }
  await inTransaction(ctx.db, async (tx) => {
    const finished = await finishOperation(ctx, tx, {
      ...{ ...about, actor, vaultRequestId },
      status: differences.length === 0 ? 'succeeded' : 'failed',
      ...(differences.length === 0 ? {} : { code: 'request-changed' }),
      facts: {
        kid: key.kid,
        releasePolicySha256: key.releasePolicy?.sha256 ?? null,
        differences: differences.join(', ') || null,
      },
    })
    if (finished && enabled) await raiseAlarm(ctx, tx, { kind: 'enabled-outside', ...about, facts: { kid: key.kid } })
  })
  const isAsGiven = !differences.includes('release policy')
  await noteInIndex(ctx, {
    ...{ connection, key, isLatest: true, origin: 'generated' },
    policySeenBy: isAsGiven ? 'own-creation' : 'read',
  })
}

/** No key of this intent is in the vault. */
async function fail(
  ctx: Context,
  { operation, connection, actor }: ClosingOperation,
  code: string,
  vaultRequestId: string | null = null,
): Promise<void> {
  const outcome = { operationId: operation.id, connection, actor, status: 'failed' as const, code, vaultRequestId }
  await inTransaction(ctx.db, (tx) => finishOperation(ctx, tx, { ...outcome, facts: {} }))
}
