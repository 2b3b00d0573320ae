import 'server-only'
import { EXPIRY_DAYS, expiryDaysFor, type Notice, SILENT_AFTER_MS } from '@/lib/domain/notifications/notice'
import { OPERATION_KINDS } from '@/lib/domain/operations/operation'
import type { Context } from '../context'
import { inOneFlight } from '../db/statement-transaction'
import { giveUpOrphans } from './give-up'
import { noticesStatement } from './raise-notification'
import { settleNotifications } from './settle-notification'

type Needs = Pick<Context, 'db' | 'clock' | 'channels'>

/** At most so many of a kind in one look; the next one takes the rest. */
const AT_MOST = 500
const LONGEST_MS = Math.max(...EXPIRY_DAYS) * 86_400_000

/**
 * What comes about by time passing, and leaves no transaction to be raised in: expiries (from the index), vaults that
 * have gone silent, outcomes that nobody knows. Whatever is seen again is raised once, so that a look may be repeated.
 */
export async function lookForNotices(ctx: Needs): Promise<void> {
  const found = [
    ...(await expiringKeks(ctx)),
    ...(await expiringKeys(ctx)),
    ...(await silentVaults(ctx)),
    ...(await unknownOutcomes(ctx)),
  ]
  if (found.length > 0) await inOneFlight(ctx.db, [noticesStatement(ctx, found)])
  await settleNotifications(ctx)
  await giveUpOrphans(ctx)
}

interface ExpiringRow {
  id: string
  connectionId: string
  vaultName: string
  keyName: string
  expiresAt: Date
}

async function expiringKeks(ctx: Needs): Promise<Notice[]> {
  const now = ctx.clock()
  const rows = await ctx.db.$queryRaw<ExpiringRow[]>`
    SELECT k.id, c.id AS "connectionId", c.name AS "vaultName", k.name AS "keyName", k.expires_at AS "expiresAt"
      FROM kek k JOIN connection c ON c.id = k.connection_id AND c.removed_at IS NULL
     WHERE k.status = 'active' AND k.expires_at > ${now} AND k.expires_at <= ${new Date(now.getTime() + LONGEST_MS)}
     ORDER BY k.expires_at`
  return rows.flatMap(({ id, ...key }) => {
    const told = withDays(key, now)
    return told ? [{ kind: 'kek-expires' as const, facts: { ...told, kekId: id } }] : []
  })
}

/** The latest version of each name, while it is in use; KEKs have a notice of their own. Those told already are left out. */
async function expiringKeys(ctx: Needs): Promise<Notice[]> {
  const now = ctx.clock()
  const rows = await ctx.db.$queryRaw<ExpiringRow[]>`
    SELECT k.id, c.id AS "connectionId", c.name AS "vaultName", k.name AS "keyName", k.expires_at AS "expiresAt"
      FROM key_record k JOIN connection c ON c.id = k.connection_id AND c.removed_at IS NULL
     WHERE k.enabled AND k.deleted_at IS NULL AND k.purged_at IS NULL
       AND k.expires_at > ${now} AND k.expires_at <= ${new Date(now.getTime() + LONGEST_MS)}
       AND NOT EXISTS (SELECT FROM kek WHERE kek.connection_id = k.connection_id AND kek.name = k.name)
       AND NOT EXISTS (SELECT FROM notification n WHERE n.kind = 'key-expires' AND n.settled_at IS NULL
         AND n.facts ->> 'connectionId' = k.connection_id::text AND n.facts ->> 'keyName' = k.name
         AND (n.facts ->> 'expiresAt')::timestamptz = k.expires_at
         AND k.expires_at > ${now}::timestamptz
           + make_interval(days => CASE n.facts ->> 'days' WHEN '30' THEN 7 WHEN '7' THEN 1 ELSE 0 END))
     ORDER BY k.expires_at LIMIT ${AT_MOST}`
  return rows.flatMap(({ id: _, ...key }) => {
    const told = withDays(key, now)
    return told ? [{ kind: 'key-expires' as const, facts: told }] : []
  })
}

function withDays({ expiresAt, ...key }: Omit<ExpiringRow, 'id'>, now: Date) {
  const days = expiryDaysFor(expiresAt, now)
  return days && { ...key, expiresAt: expiresAt.toISOString(), days }
}

async function silentVaults(ctx: Needs): Promise<Notice[]> {
  const before = new Date(ctx.clock().getTime() - SILENT_AFTER_MS)
  const connections = await ctx.db.connection.findMany({
    where: { removedAt: null, health: { state: 'not_answering' } },
    include: { health: true },
  })
  return connections.flatMap(({ id, name, createdAt, health }) => {
    const since = health?.lastAnswerAt ?? createdAt
    if (since > before) return []
    const facts = { connectionId: id, vaultName: name, since: since.toISOString() }
    return [{ kind: 'connection-silent' as const, facts }]
  })
}

async function unknownOutcomes(ctx: Needs): Promise<Notice[]> {
  const operations = await ctx.db.operation.findMany({
    where: { status: 'indeterminate', kind: { in: [...OPERATION_KINDS] } },
    select: { id: true, kind: true, keyName: true, connection: { select: { id: true, name: true } } },
    take: AT_MOST,
  })
  return operations.map(({ id, kind, keyName, connection }) => ({
    kind: 'operation-indeterminate' as const,
    facts: {
      connectionId: connection.id,
      vaultName: connection.name,
      keyName,
      operationId: id,
      operationKind: kind,
    },
  }))
}
