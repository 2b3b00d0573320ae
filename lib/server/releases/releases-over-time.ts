import 'server-only'
import { type DayCount, isByHour, overTime, type ReleasesOverTime } from '@/lib/domain/releases/history/over-time'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { requirePermission } from '../people/require-permission'
import { daySql, recordSql } from './count-releases'
import { CALLS, type HistoryFilter, historyFilter } from './history-filter-sql'
import { NEVER_ROW_BY_ROW } from './told-calls-sql'

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
  const byHour = isByHour(period)
  const isOfFew = filter.single !== undefined || query.first.length > 0
  const of = stepsOf(filter, { isOfFew, first: query.first, byHour })
  const counted = ctx.db.$queryRaw<Row[]>`
    WITH matching AS MATERIALIZED (
        SELECT k.id, coalesce(c.name, k.vault) AS vault, lower(k.key_name) AS key, k.key_name AS name, k.decision, k.count
          FROM ${CALLS} WHERE k.act = 'release' AND ${filter.calls ?? Prisma.sql`true`}),
      top AS (
        SELECT m.vault, m.key, min(m.name) AS name, row_number() OVER (ORDER BY
            coalesce(sum(s.count) FILTER (WHERE m.decision = 'allowed'), 0) DESC, sum(s.count) DESC, m.vault, m.key)::int AS place
          FROM matching m JOIN (${of.calls}) s ON s.id = m.id
         WHERE m.key IS NOT NULL GROUP BY m.vault, m.key ORDER BY place LIMIT ${MOST_KEYS}),
      placed AS MATERIALIZED (
        SELECT m.id, m.decision, t.place FROM matching m LEFT JOIN top t ON t.vault = m.vault AND t.key = m.key),
      counted AS (
        SELECT d.day, p.place, p.decision, sum(d.count)::int AS count
          FROM placed p JOIN (${of.steps}) d ON d.id = p.id GROUP BY 1, 2, 3)
    SELECT to_char(c.day, ${byHour ? 'YYYY-MM-DD"T"HH24:00"Z"' : 'YYYY-MM-DD'}) AS day, c.place, t.vault, t.name, c.decision, c.count
      FROM counted c LEFT JOIN top t ON t.place = c.place`
  // How many calls match, the planner can't know: call by call it would take minutes.
  const rows = isOfFew ? await counted : (await ctx.db.$transaction([ctx.db.$queryRaw(NEVER_ROW_BY_ROW), counted]))[1]
  return overTime(rows.map(toDayCount), period)
}

const HOUR = Prisma.sql`date_trunc('hour', r.at AT TIME ZONE 'UTC')`
const DAY = Prisma.sql`(r.at AT TIME ZONE 'UTC')::date`

/**
 * How many of each call, `id, count`, and of those how many each day, or hour, `id, day, count`: from what is kept by call
 * and by day; where hours or single records are asked for, from records. Numbers alone, which are many; words and keys belong
 * to the calls, which are few.
 */
function stepsOf(
  filter: HistoryFilter,
  { isOfFew, first, byHour }: { isOfFew: boolean; first: HistoryQuery['first']; byHour: boolean },
): Record<'calls' | 'steps', Prisma.Sql> {
  const ofRecords = isOfFew || byHour
  const steps = ofRecords
    ? Prisma.sql`SELECT r.call_id AS id, ${byHour ? HOUR : DAY} AS day, count(*) AS count
        FROM log_record r WHERE r.act = 'release' AND ${recordSql(filter, first)} GROUP BY 1, 2`
    : Prisma.sql`SELECT d.call_id AS id, d.day, d.count FROM log_call_day d WHERE ${daySql(filter)}`
  const isOfAll = !ofRecords && !filter.from && !filter.to
  const calls = isOfAll
    ? Prisma.sql`SELECT id, count FROM matching`
    : Prisma.sql`SELECT id, sum(count) AS count FROM (${steps}) d GROUP BY id`
  return { calls, steps }
}

function toDayCount({ day, place, vault, name, decision, count }: Row): DayCount {
  const key = place === null || vault === null || name === null ? null : { place, vault, name }
  return { day, key, decision, count }
}

function dayOf(instant: string | null): string | null {
  return instant === null ? null : instant.slice(0, 10)
}
