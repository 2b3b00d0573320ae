import 'server-only'
import type { CallersView, CallerView } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { PERSON } from './first-seen-sql'

/** Of each vault; the rest are found by searching. */
const SHOWN = 20

type CallerRow = Omit<CallerView, 'lastAt' | 'lastReleasedAt'> & {
  vault: string
  connectionName: string | null
  callers: number
  lastAt: Date
  lastReleasedAt: Date | null
}

/** By vault, who asked for releases, and how it ended: those who were released most first. */
export async function listCallers(ctx: Context, actor: Actor): Promise<CallersView[]> {
  requirePermission(actor, 'releases.read')
  const rows = await ctx.db.$queryRaw<CallerRow[]>`
    WITH each AS (
      SELECT k.vault, max(c.name) AS "connectionName", ${PERSON} AS person, max(k.upn) AS upn,
             (array_agg(DISTINCT k.app_id) FILTER (WHERE k.app_id IS NOT NULL)) AS "appIds",
             count(DISTINCT lower(k.key_name))::int AS keys,
             coalesce(sum(k.count) FILTER (WHERE k.decision = 'allowed'), 0)::int AS allowed,
             coalesce(sum(k.count) FILTER (WHERE k.decision = 'denied'), 0)::int AS denied,
             coalesce(sum(k.count) FILTER (WHERE k.decision = 'failed'), 0)::int AS failed,
             max(k.last_at) AS "lastAt",
             max(k.last_at) FILTER (WHERE k.decision = 'allowed') AS "lastReleasedAt"
        FROM log_call k LEFT JOIN connection c ON c.id = k.connection_id
       WHERE k.act = 'release' GROUP BY k.vault, ${PERSON}),
    placed AS (
      SELECT *, count(*) OVER (PARTITION BY vault)::int AS callers,
             row_number() OVER (PARTITION BY vault ORDER BY allowed DESC, denied DESC, person) AS place FROM each)
    SELECT vault, "connectionName", person, upn, coalesce("appIds"[1:3], '{}') AS "appIds", keys, allowed, denied, failed,
           "lastAt", "lastReleasedAt", callers
      FROM placed WHERE place <= ${SHOWN} ORDER BY vault, place`
  const vaults = [...new Set(rows.map(({ vault }) => vault))]
  return vaults.map((vault) => toView(rows.filter((row) => row.vault === vault)))
}

function toView(rows: readonly CallerRow[]): CallersView {
  const [first] = rows
  return {
    vault: first?.vault ?? '',
    connectionName: first?.connectionName ?? null,
    total: first?.callers ?? 0,
    callers: rows.map(({ vault: _, connectionName: __, callers: ___, lastAt, lastReleasedAt, ...caller }) => ({
      ...caller,
      lastAt: lastAt.toISOString(),
      lastReleasedAt: lastReleasedAt?.toISOString() ?? null,
    })),
  }
}
