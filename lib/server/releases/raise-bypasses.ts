import 'server-only'
import { type AlarmKind, KEY_NOT_NAMED, SEVERAL_KEYS } from '@/lib/domain/alarms/alarm'
import { raiseAlarm } from '../alarms/raise-alarm'
import type { Context } from '../context'
import type { Transaction } from '../db/transaction'

/** One key that a vault's log tells something of. */
export interface Bypass {
  connectionId: string
  connectionName: string
  keyName: string | null
  keyVersion: string | null
  /** More than a day old when it was read: it is told with others, not by itself. */
  late: boolean
}

type Needs = Pick<Context, 'clock' | 'channels'>
type Kind = Extract<AlarmKind, 'changed-outside' | 'released-while-barred'>

/** Alarms of a kind that stand one by one for one vault; what comes on top is told in one more. */
const ONE_BY_ONE = 10

/**
 * In the caller's transaction: an alarm for each key, as long as few of that kind are open for its vault; one for all the
 * others. So whatever a vault's log tells, a page has room for what another tells.
 */
export async function raiseBypasses(ctx: Needs, tx: Transaction, kind: Kind, found: readonly Bypass[]): Promise<void> {
  for (const connectionId of new Set(found.map((each) => each.connectionId)))
    await raiseOfVault(
      ctx,
      tx,
      kind,
      found.filter((each) => each.connectionId === connectionId),
    )
}

async function raiseOfVault(ctx: Needs, tx: Transaction, kind: Kind, found: readonly Bypass[]): Promise<void> {
  const [first] = found
  if (!first) return
  const { connectionId, connectionName: name } = first
  const connection = { id: connectionId, name }
  const open = await tx.alarm.findMany({ where: { kind, connectionId, acknowledgedAt: null } })
  const known = new Set(open.map(told))
  for (const { keyName: named, keyVersion, late } of found) {
    const key = { keyName: named ?? KEY_NOT_NAMED, keyVersion }
    if (known.has(told(key))) continue
    if (late || known.size >= ONE_BY_ONE) {
      const several = { keyName: SEVERAL_KEYS, keyVersion: null, facts: {} }
      return raiseAlarm(ctx, tx, { kind: `${kind}-many`, connection, ...several })
    }
    known.add(told(key))
    await raiseAlarm(ctx, tx, { kind, connection, ...key, facts: {} })
  }
}

function told({ keyName, keyVersion }: { keyName: string; keyVersion: string | null }): string {
  return JSON.stringify([keyName, keyVersion])
}
