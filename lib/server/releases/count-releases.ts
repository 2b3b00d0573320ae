import 'server-only'
import type { FirstSeen } from '@/lib/domain/releases/history/first-seen'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { firstsSql } from './first-seen-sql'
import { CALLS, type HistoryFilter } from './history-filter-sql'

type Counted = { total: number }[]

/** How many releases match, exactly: from what is counted already wherever that tells, else from the few that are left. */
export async function countReleases(
  db: Context['db'],
  filter: HistoryFilter,
  first: readonly FirstSeen[],
): Promise<number> {
  const ofRecords = filter.single !== undefined || first.length > 0
  const [count] = await (ofRecords || !isOfWholeDays(filter) ? countRecords(db, filter, first) : countDays(db, filter))
  return count?.total ?? 0
}

function countDays(db: Context['db'], { calls, from, to }: HistoryFilter): Promise<Counted> {
  const matching = Prisma.sql`k.act = 'release' AND ${calls ?? Prisma.sql`true`}`
  if (!from && !to) return db.$queryRaw`SELECT coalesce(sum(k.count), 0)::int AS total FROM ${CALLS} WHERE ${matching}`
  return db.$queryRaw`
    SELECT coalesce(sum(d.count), 0)::int AS total FROM ${CALLS} JOIN log_call_day d ON d.call_id = k.id
     WHERE ${matching} AND ${daySql({ from, to })}`
}

/** Days of log_call_day `d`, of a filter that begins and ends with whole ones. */
export function daySql({ from, to }: Pick<HistoryFilter, 'from' | 'to'>): Prisma.Sql {
  const conditions = [
    ...(from ? [Prisma.sql`d.day >= ${dayOf(from)}::date`] : []),
    ...(to ? [Prisma.sql`d.day <= ${dayOf(to)}::date`] : []),
  ]
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' AND ')
}

function countRecords(db: Context['db'], filter: HistoryFilter, first: readonly FirstSeen[]): Promise<Counted> {
  return db.$queryRaw`
    SELECT count(*)::int AS total FROM log_record r JOIN ${CALLS} ON k.id = r.call_id
     WHERE r.act = 'release' AND ${recordSql(filter, first)} AND ${filter.calls ?? Prisma.sql`true`}`
}

/** What is asked of log_record `r` itself. */
export function recordSql({ single, from, to }: HistoryFilter, first: readonly FirstSeen[]): Prisma.Sql {
  const conditions = [
    ...(single ? [single] : []),
    ...(from ? [Prisma.sql`r.at >= ${from}`] : []),
    ...(to ? [Prisma.sql`r.at <= ${to}`] : []),
    ...(first.length > 0 ? [Prisma.sql`r.digest IN (SELECT f.digest FROM (${firstsSql(first)}) f)`] : []),
  ]
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' AND ')
}

function isOfWholeDays({ from, to }: HistoryFilter): boolean {
  return (
    (!from || from.toISOString().endsWith('T00:00:00.000Z')) && (!to || to.toISOString().endsWith('T23:59:59.999Z'))
  )
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
