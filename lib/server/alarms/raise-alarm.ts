import 'server-only'
import type { AlarmKind } from '@/lib/domain/alarms/alarm'
import { appendEvent } from '../audit/append-event'
import type { ConnectionRow, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { asJson, type Statements } from '../db/statements'
import { raiseNotification } from '../notifications/raise-notification'

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
export async function raiseAlarm(
  ctx: Pick<Context, 'clock' | 'channels'>,
  tx: Statements,
  alarm: NewAlarm,
): Promise<void> {
  const { kind, connection, keyName, keyVersion, facts } = alarm
  const at = ctx.clock()
  const [raised] = await tx.$queryRaw<{ id: string }[]>(insertUnlessOpen(alarm, at))
  if (!raised) return
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
  const about = { connectionId: connection.id, vaultName: connection.name, keyName, keyVersion }
  const told = { ...about, alarmId: raised.id, alarmKind: kind, importId: alarm.importId ?? null }
  await raiseNotification(ctx, tx, { kind: 'alarm', facts: told })
}

function insertUnlessOpen({ kind, connection, keyName, keyVersion, importId, facts }: NewAlarm, at: Date): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO alarm (id, kind, connection_id, key_name, key_version, import_id, facts, raised_at)
    SELECT gen_random_uuid(), ${kind}::text, ${connection.id}::uuid, ${keyName}::text, ${keyVersion}::text,
      ${importId ?? null}::uuid, ${asJson(facts)}::jsonb, ${at}::timestamptz
    WHERE NOT EXISTS (
      SELECT FROM alarm
      WHERE kind = ${kind}::text AND connection_id = ${connection.id}::uuid AND key_name = ${keyName}::text
        AND key_version IS NOT DISTINCT FROM ${keyVersion}::text AND acknowledged_at IS NULL
    ) RETURNING id`
}
