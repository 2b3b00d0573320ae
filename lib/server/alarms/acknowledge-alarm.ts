import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { permit } from '../permit'
import { checkReason } from '../reviews/check-reason'

export interface AcknowledgeInput {
  alarmId: string
  note: string
}

/** Takes an alarm off every page, by name and with a note; the alarm itself stays in the record. */
export async function acknowledgeAlarm(
  ctx: Context,
  actor: Actor,
  input: AcknowledgeInput,
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'alarms.acknowledge')
  if (!permitted.ok) return permitted
  const note = checkReason(input.note, 'note')
  if (!note.ok) return note
  return inTransaction(ctx.db, async (tx) => {
    const at = ctx.clock()
    const [alarm] = await tx.alarm.updateManyAndReturn({
      where: { id: input.alarmId, acknowledgedAt: null },
      data: { acknowledgedAt: at, acknowledgedById: actor.personId, acknowledgement: note.value },
    })
    if (!alarm) return err({ code: 'conflict', message: 'This alarm was acknowledged already.' } as const)
    const connection = await tx.connection.findUniqueOrThrow({ where: { id: alarm.connectionId } })
    await appendEvent(tx, {
      type: 'alarm.acknowledged',
      phase: 'noted',
      at,
      actor,
      connection,
      keyName: alarm.keyName,
      keyVersion: alarm.keyVersion,
      importId: alarm.importId,
      code: alarm.kind,
      details: { reason: note.value },
    })
    return ok(undefined)
  })
}
