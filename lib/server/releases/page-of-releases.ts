import 'server-only'
import type { HistoryQuery, RecordCursor } from '@/lib/domain/releases/history/views'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { recordSql } from './count-releases'
import { CALLS, type HistoryFilter } from './history-filter-sql'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS } from './history-sql'

/** Up to so many calls, each is asked for its newest records; beyond, records are walked until enough match. */
const FEW_CALLS = 2_000

export type Place = { at: Date; digest: string; towards: RecordCursor['towards'] }

/** At most `count` records of a filter from a place on, in the order of that direction. */
export async function recordsFrom(
  db: Context['db'],
  filter: HistoryFilter,
  { first, place, count }: { first: HistoryQuery['first']; place: Place | undefined; count: number },
): Promise<LogRecordRow[]> {
  const order = place?.towards === 'newer' ? Prisma.sql`r.at, r.digest` : Prisma.sql`r.at DESC, r.digest DESC`
  const where = Prisma.sql`${recordSql(filter, first)} AND ${beyond(place)}`
  const newest = place || filter.to ? undefined : count
  const found = await matching(db, filter, { few: filter.single !== undefined || first.length > 0, newest })
  if (found.kind === 'none') return []
  if (found.kind === 'few') return fromEachCall(db, { ids: found.ids, where, order, count })
  return db.$queryRaw`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.act = 'release' AND ${where} AND ${found.of}
     ORDER BY ${order} LIMIT ${count}`
}

/** Where a record stands; undefined for one that does not exist, so that the page begins at the newest. */
export async function placeOf(db: Context['db'], cursor: RecordCursor | null): Promise<Place | undefined> {
  if (cursor === null) return undefined
  const { towards, digest } = cursor
  const record = await db.logRecord.findFirst({ where: { digest }, select: { at: true, digest: true } })
  return record ? { ...record, towards } : undefined
}

function beyond(place: Place | undefined): Prisma.Sql {
  if (!place) return Prisma.sql`true`
  const { at, digest, towards } = place
  return towards === 'newer'
    ? Prisma.sql`(r.at, r.digest) > (${at}, ${digest})`
    : Prisma.sql`(r.at, r.digest) < (${at}, ${digest})`
}

type Matching = { kind: 'none' } | { kind: 'few'; ids: string[] } | { kind: 'many'; of: Prisma.Sql }

/** `few`: the records themselves are few already, so that each is asked for its call. `newest`: only so many, the newest, are asked for. */
async function matching(
  db: Context['db'],
  { calls }: HistoryFilter,
  { few, newest }: { few: boolean; newest: number | undefined },
): Promise<Matching> {
  if (!calls) return { kind: 'many', of: Prisma.sql`true` }
  // A scalar question is asked record by record: it is never turned round into a join of everything.
  const asked = Prisma.sql`(SELECT ${calls} FROM ${CALLS} WHERE k.id = r.call_id)`
  if (few) return { kind: 'many', of: asked }
  const found = await db.$queryRaw<{ id: string; lastAt: Date }[]>`
    SELECT k.id, k.last_at AS "lastAt" FROM ${CALLS} WHERE k.act = 'release' AND ${calls} LIMIT ${FEW_CALLS + 1}`
  if (found.length === 0) return { kind: 'none' }
  if (found.length > FEW_CALLS) return { kind: 'many', of: asked }
  const ids = newest === undefined ? found : endingLast(found, newest)
  return { kind: 'few', ids: ids.map(({ id }) => id) }
}

/** Of so many newest records each is of one of so many calls that ended last, or as late as the last of those. */
function endingLast<T extends { lastAt: Date }>(calls: readonly T[], count: number): readonly T[] {
  const limit = calls.map(({ lastAt }) => lastAt.getTime()).sort((one, other) => other - one)[count - 1]
  return limit === undefined ? calls : calls.filter(({ lastAt }) => lastAt.getTime() >= limit)
}

/** Calls of releases have records of releases: nothing is asked here but what the index itself holds. */
function fromEachCall(
  db: Context['db'],
  { ids, where, order, count }: { ids: string[]; where: Prisma.Sql; order: Prisma.Sql; count: number },
): Promise<LogRecordRow[]> {
  return db.$queryRaw`
    SELECT ${RECORD_COLUMNS} FROM ${RECORDS} WHERE r.digest IN (
      SELECT p.digest FROM (
        SELECT r.at, r.digest FROM unnest(${ids}::uuid[]) AS m(id) CROSS JOIN LATERAL (
          SELECT r.at, r.digest FROM log_record r WHERE r.call_id = m.id AND ${where} ORDER BY ${order} LIMIT ${count}) r
        ORDER BY ${order} LIMIT ${count}) p)
    ORDER BY ${order}`
}
