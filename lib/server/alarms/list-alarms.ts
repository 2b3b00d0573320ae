import 'server-only'
import { ALARM_KINDS, type AlarmKind, type AlarmView } from '@/lib/domain/alarms/alarm'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'

/** The open ones, newest first; they stand on every page until somebody acknowledges them. */
export async function listAlarms(ctx: Context, actor: Actor): Promise<AlarmView[]> {
  requirePermission(actor, 'keys.read')
  const [alarms, connections] = await Promise.all([
    ctx.db.alarm.findMany({
      where: { acknowledgedAt: null },
      include: { import: { select: { reference: true } } },
      orderBy: { raisedAt: 'desc' },
    }),
    ctx.db.connection.findMany({ select: { id: true, name: true } }),
  ])
  const vaultNames = new Map(connections.map(({ id, name }) => [id, name]))
  return alarms.map((alarm) => ({
    id: alarm.id,
    kind: toKind(alarm.kind),
    vaultName: vaultNames.get(alarm.connectionId) ?? 'unknown vault',
    keyName: alarm.keyName,
    keyVersion: alarm.keyVersion,
    importId: alarm.importId,
    importReference: alarm.import?.reference ?? null,
    raisedAt: alarm.raisedAt.toISOString(),
  }))
}

function toKind(stored: string): AlarmKind {
  const kind = ALARM_KINDS.find((known) => known === stored)
  if (!kind) throw new Error('an alarm of an unknown kind')
  return kind
}
