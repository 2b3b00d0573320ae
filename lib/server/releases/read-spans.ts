import 'server-only'
import { readLogRow } from '@/lib/domain/releases/history/read-log-row'
import { type LogReading, written } from '@/lib/domain/releases/history/read-log-text'
import type { Context } from '../context'
import type { LogPage, LogQuery } from './log-source'
import { saveReadings } from './save-pieces'
import type { FindVault } from './vault-of-record'

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>
type Span = { from: number; to: number }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How far back the first look goes; a workspace keeps what it was told to. */
const FIRST_MS = 731 * DAY_MS
/** How late a record may come: looked back on in each round, and in the first one of each hour. */
const LATE_MS = 2 * HOUR_MS
const VERY_LATE_MS = 48 * HOUR_MS
/** Beyond that one day an hour is asked for again, in turn, so that each of these has its turn twice a day. */
const OLDER_DAYS = 12

/**
 * Reads what is new in a place without files, then again what was read lately, for what came late: what is known already
 * changes nothing. Answers whether all of it was read. Throws what the place threw; what it gave before is saved.
 */
export async function readSpans(ctx: Needs, source: LogQuery, findVault: FindVault, until: number): Promise<boolean> {
  const now = ctx.clock().getTime()
  const { place } = source
  const known = await ctx.db.logSource.findUnique({ where: { place } })
  const upTo = known?.readUpTo?.getTime() ?? null
  const fresh = { from: upTo ?? now - FIRST_MS, to: now }
  for await (const { rows, readTo } of source.ask(new Date(fresh.from), new Date(fresh.to))) {
    await saveRows(ctx, place, rows, findVault)
    await ctx.db.logSource.upsert({
      where: { place },
      create: { place, readUpTo: readTo },
      update: { readUpTo: readTo },
    })
    if (performance.now() > until) return false
  }
  for (const late of lateSpans(upTo, known?.readAt?.getTime() ?? null, now))
    if (!(await readAgain(ctx, source, findVault, { late, until }))) return false
  return true
}

/**
 * None where nothing was read before this round. `readAt` is when the last round came to its end. The nearest first: most
 * records come minutes late, and where two days are more than a round has time for, it gets no further.
 */
export function lateSpans(upTo: number | null, readAt: number | null, now: number): Span[] {
  if (upTo === null || readAt === null) return []
  const near = { from: upTo - LATE_MS, to: upTo }
  const hour = Math.floor(now / HOUR_MS)
  if (Math.floor(readAt / HOUR_MS) === hour) return [near]
  const older = now - VERY_LATE_MS - (hour % OLDER_DAYS) * DAY_MS
  return [near, { from: Math.min(upTo, readAt) - VERY_LATE_MS, to: near.from }, { from: older - DAY_MS, to: older }]
}

async function readAgain(
  ctx: Needs,
  source: LogQuery,
  findVault: FindVault,
  { late, until }: { late: Span; until: number },
): Promise<boolean> {
  for await (const { rows } of source.ask(new Date(late.from), new Date(late.to))) {
    await saveRows(ctx, source.place, rows, findVault)
    if (performance.now() > until) return false
  }
  return true
}

async function saveRows(ctx: Needs, place: string, rows: LogPage['rows'], findVault: FindVault): Promise<void> {
  const byTable = new Map<string, LogReading>()
  for (const row of rows) {
    const table = typeof row.Table === 'string' ? row.Table : ''
    const reading = byTable.get(table) ?? { records: [], aside: [] }
    byTable.set(table, reading)
    const read = readLogRow(row)
    if (!read.ok) reading.aside.push({ reason: read.error, text: written(row) })
    else if (read.value !== null) reading.records.push(read.value)
  }
  const readings = [...byTable].map(([path, reading]) => ({ mark: { place, path }, reading }))
  await saveReadings(ctx, readings, findVault)
}
