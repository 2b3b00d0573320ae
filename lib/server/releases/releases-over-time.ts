import 'server-only'
import { type DayCount, isByHour, overTime, type ReleasesOverTime } from '@/lib/domain/releases/history/over-time'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { daySql, recordSql } from './count-releases'
import { CALLS, type HistoryFilter, historyFilter } from './history-filter-sql'

/** Keys that stand by themselves: those released most. */
const MOST_KEYS = 5

interface Row {
  day: string
  place: number | null
  vault: string | null
  name: string | null
  decision: DayCount['decision']
  count: number
}

/** How many releases and refusals match by day, for the keys that were released most and all the others together. */
export async function releasesOverTime(
  ctx: Context,
  actor: Actor,
  query: HistoryQuery,
): Promise<ReleasesOverTime | null> {
  requirePermission(actor, 'releases.read')
  const period = { from: dayOf(query.from), to: dayOf(query.to) }
  const filter = await historyFilter(ctx.db, query)
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH counted AS MATERIALIZED (${isByHour(period) ? countedBy(HOUR, filter, query.first) : countedByDay(filter, query.first)}),
      top AS (
        SELECT vault, key, min(name) AS name, row_number() OVER (ORDER BY
            coalesce(sum(count) FILTER (WHERE decision = 'allowed'), 0) DESC, sum(count) DESC, vault, key)::int AS place
          FROM counted WHERE key IS NOT NULL GROUP BY vault, key ORDER BY place LIMIT ${MOST_KEYS})
    SELECT to_char(c.day, ${isByHour(period) ? 'YYYY-MM-DD"T"HH24:00"Z"' : 'YYYY-MM-DD'}) AS day, t.place, t.vault, t.name, c.decision, sum(c.count)::int AS count
      FROM counted c LEFT JOIN top t ON t.vault = c.vault AND t.key = c.key GROUP BY 1, 2, 3, 4, 5`
  return overTime(rows.map(toDayCount), period)
}

const HOUR = Prisma.sql`date_trunc('hour', r.at AT TIME ZONE 'UTC')`
const DAY = Prisma.sql`(r.at AT TIME ZONE 'UTC')::date`

/** From what is kept by day; where single records are asked for, from those. */
function countedByDay(filter: HistoryFilter, first: HistoryQuery['first']): Prisma.Sql {
  if (filter.single !== undefined || first.length > 0) return countedBy(DAY, filter, first)
  return Prisma.sql`SELECT d.day, ${KEY}, sum(d.count) AS count
      FROM ${CALLS} JOIN log_call_day d ON d.call_id = k.id
     WHERE ${matching(filter)} AND ${daySql(filter)} GROUP BY 1, 2, 3, 5`
}

function countedBy(step: Prisma.Sql, filter: HistoryFilter, first: HistoryQuery['first']): Prisma.Sql {
  return Prisma.sql`SELECT ${step} AS day, ${KEY}, count(*) AS count
      FROM log_record r JOIN ${CALLS} ON k.id = r.call_id
     WHERE r.act = 'release' AND ${recordSql(filter, first)} AND ${matching(filter)} GROUP BY 1, 2, 3, 5`
}

const KEY = Prisma.sql`coalesce(c.name, k.vault) AS vault, lower(k.key_name) AS key, min(k.key_name) AS name, k.decision`

function matching({ calls }: HistoryFilter): Prisma.Sql {
  return Prisma.sql`k.act = 'release' AND ${calls ?? Prisma.sql`true`}`
}

function toDayCount({ day, place, vault, name, decision, count }: Row): DayCount {
  const key = place === null || vault === null || name === null ? null : { place, vault, name }
  return { day, key, decision, count }
}

function dayOf(instant: string | null): string | null {
  return instant === null ? null : instant.slice(0, 10)
}
