import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { ImportStatus } from '@/lib/domain/imports/status'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Actor, Context } from '../context'
import { inTransaction, type Transaction } from '../db/transaction'
import { finishOperation } from '../operations/finish-operation'
import { markActed, voidLapsed } from './approval'
import type { LoadedImport } from './load-import'
import { stepImport } from './step-import'

/** Transaction 2, in its two or three forms: what came of an enabling that was begun. */
export interface Settling {
  operationId: string
  loaded: LoadedImport
  /** null: the reconciler. */
  actor: Actor | null
  vaultRequestId: string | null
  checkWindowMs?: number
}

/** The exact version is enabled, as approved. False when another outcome is recorded already, or on its way. */
export function settleEnabled(ctx: Context, settling: Settling): Promise<boolean> {
  const { loaded, checkWindowMs } = settling
  return settle(ctx, settling, {
    to: 'enabled',
    status: 'succeeded',
    facts: { reference: loaded.row.reference, checkWindowMs: checkWindowMs ?? null },
  })
}

/** Nothing reached the vault: the review waits again. The approval serves for the rest of its fifteen minutes. */
export function settleNotEnabled(ctx: Context, settling: Settling, code: ProblemCode): Promise<boolean> {
  return settle(ctx, settling, {
    to: 'awaiting_review',
    status: 'failed',
    code,
    facts: { reference: settling.loaded.row.reference },
  })
}

/** The check value was different or unclear, and the version is disabled again: the import has ended, with an alarm. */
export function settleEnded(
  ctx: Context,
  settling: Settling,
  how: 'substituted' | 'check-value-unclear' | 'not-found',
): Promise<boolean> {
  const { loaded, checkWindowMs } = settling
  return settle(ctx, settling, {
    to: how === 'substituted' ? 'substituted' : 'failed',
    status: 'failed',
    code: how,
    facts: { reference: loaded.row.reference, checkWindowMs: checkWindowMs ?? null },
    ...(how === 'not-found' ? {} : { alarm: how === 'substituted' ? 'key-substituted' : 'check-value-unclear' }),
  })
}

interface Settlement {
  to: Extract<ImportStatus, 'enabled' | 'awaiting_review' | 'substituted' | 'failed'>
  status: 'succeeded' | 'failed'
  code?: ProblemCode
  facts: Record<string, string | number | boolean | null>
  alarm?: 'key-substituted' | 'check-value-unclear'
}

function settle(ctx: Context, settling: Settling, outcome: Settlement): Promise<boolean> {
  const { operationId, loaded, actor, vaultRequestId, checkWindowMs } = settling
  const { row, connection, version } = loaded
  return inTransaction(ctx.db, async (tx) => {
    if (outcome.to === 'enabled' && (await isClosing(tx, operationId))) return false
    const compared = outcome.to === 'enabled' ? await comparedValues(tx, row.id) : {}
    const first = await finishOperation(ctx, tx, {
      operationId,
      connection,
      actor,
      status: outcome.status,
      ...(outcome.code ? { code: outcome.code } : {}),
      vaultRequestId,
      facts: { ...outcome.facts, ...compared },
    })
    if (!first) return false
    const ended = outcome.to !== 'awaiting_review'
    await stepImport(tx, {
      id: row.id,
      from: 'enabling',
      to: outcome.to,
      data: {
        ...(ended ? { decidedAt: ctx.clock() } : {}),
        ...(outcome.to === 'enabled' || !ended ? {} : { failureCode: outcome.code ?? 'unexpected' }),
        ...(checkWindowMs === undefined ? {} : { checkWindowMs }),
      },
    })
    if (ended) await markActed(ctx, tx, { importId: row.id })
    else await voidLapsed(ctx, tx, { importId: row.id })
    if (outcome.alarm) {
      const about = { connection, keyName: row.keyName, keyVersion: version, importId: row.id, operationId }
      await raiseAlarm(ctx, tx, { kind: outcome.alarm, ...about, facts: outcome.facts })
    }
    return true
  })
}

/** What the approvers brought from the ceremony record: told in the audit log once nobody has to bring it any more. */
async function comparedValues(tx: Transaction, importId: string): Promise<{ comparedValues?: string }> {
  const where = { importId, voidedAt: null, decision: 'approve', comparedValue: { not: null } } as const
  const given = await tx.approval.findMany({ where, orderBy: { decidedAt: 'asc' } })
  return given.length === 0 ? {} : { comparedValues: given.map(({ comparedValue }) => comparedValue).join(', ') }
}

/** A check value's window that is being closed ends disabled, whatever somebody saw before. */
async function isClosing(tx: Transaction, operationId: string): Promise<boolean> {
  return (await tx.operation.count({ where: { id: operationId, phase: 'check-value-window-closing' } })) > 0
}
