import 'server-only'
import type { AlarmKind } from '@/lib/domain/alarms/alarm'
import { appendEvent } from '../audit/append-event'
import type { ConnectionRow, Context } from '../context'
import type { Transaction } from '../db/transaction'

export interface NewAlarm {
  kind: AlarmKind
  connection: Pick<ConnectionRow, 'id' | 'name'>
  keyName: string
  keyVersion: string | null
  importId?: string | null
  operationId?: string
  /** Public facts only. */
  facts: Record<string, string | number | boolean | null>
}

/** Raises an alarm in the caller's transaction, once: an open one of the same kind about the same version is enough. */
export async function raiseAlarm(ctx: Pick<Context, 'clock'>, tx: Transaction, alarm: NewAlarm): Promise<void> {
  const { kind, connection, keyName, keyVersion, facts } = alarm
  const about = { kind, connectionId: connection.id, keyName, keyVersion }
  if (await tx.alarm.findFirst({ where: { ...about, acknowledgedAt: null }, select: { id: true } })) return
  const at = ctx.clock()
  await tx.alarm.create({ data: { ...about, importId: alarm.importId ?? null, facts, raisedAt: at } })
  await appendEvent(tx, {
    type: 'alarm.raised',
    phase: 'noted',
    at,
    actor: null,
    connection,
    keyName,
    keyVersion,
    importId: alarm.importId ?? null,
    ...(alarm.operationId ? { operationId: alarm.operationId } : {}),
    code: kind,
    details: facts,
  })
}
