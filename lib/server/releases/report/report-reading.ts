import 'server-only'
import { periodHours } from '@/lib/domain/releases/history/period-hours'
import type { ReportRequest } from '@/lib/domain/releases/history/report-request'
import type { ReportReading } from '@/lib/domain/releases/history/report-views'
import type { Context } from '../../context'
import { Prisma } from '../../db/generated/client'
import { asideReasonIn } from '../aside-reason'
import { countReleases } from '../count-releases'
import { ofVault, type ReportVault } from './report-vaults'

/** How complete a report is: which hours of the vault's log were read, and what of it could not be. */
export async function readReading(ctx: Context, vault: ReportVault, period: ReportRequest): Promise<ReportReading> {
  const { since, until } = period
  const { logNames } = vault
  const [files, filesWithoutHour, aside, unnamed, withoutFiles] = await Promise.all([
    ctx.db.$queryRaw<{ hour: Date; unread: bigint }[]>`
      SELECT hour, sum(greatest(size - read_to, 0))::bigint AS unread FROM log_file
       WHERE vault = ANY(${logNames}::text[]) AND hour BETWEEN ${since} AND ${until} GROUP BY hour`,
    ctx.db.logFile.count({ where: { OR: [{ vault: null }, { hour: null }] } }),
    readAside(ctx, logNames, period),
    countReleases(ctx.db, unnamedOf(vault, period), []),
    readWithoutFiles(ctx),
  ])
  const spans = periodHours(
    files.map(({ hour }) => hour.getTime()),
    period,
    ctx.clock(),
  )
  const unreadBytes = files.reduce((sum, { unread }) => sum + Number(unread), 0)
  return { spans, unreadBytes, filesWithoutHour, unnamed, withoutFiles, ...aside }
}

async function readWithoutFiles(ctx: Context): Promise<ReportReading['withoutFiles']> {
  const rows = await ctx.db.logSource.findMany({ orderBy: { place: 'asc' } })
  return rows.flatMap(({ place, readUpTo }) => (readUpTo ? [{ place, upTo: readUpTo.toISOString() }] : []))
}

function unnamedOf(vault: ReportVault, { since, until }: ReportRequest) {
  const calls = Prisma.sql`${ofVault(vault)} AND k.key_name IS NULL`
  return { calls, single: undefined, from: since, to: until }
}

type Aside = Pick<ReportReading, 'aside' | 'asideElsewhere' | 'asideShown'>

/** Of those kept aside so many are shown as they begin. */
const MOST_ASIDE = 50

async function readAside(ctx: Context, logNames: string[], { since, until }: ReportRequest): Promise<Aside> {
  const kept = Prisma.sql`log_record_aside a
      LEFT JOIN log_file f ON f.place = a.place AND f.path = a.path AND f.vault IS NOT NULL AND f.hour IS NOT NULL
     WHERE f.id IS NULL OR (f.vault = ANY(${logNames}::text[]) AND f.hour BETWEEN ${since} AND ${until})`
  const [rows, shown] = await Promise.all([
    ctx.db.$queryRaw<{ reason: string; known: boolean; count: number }[]>`
      SELECT a.reason, f.hour IS NOT NULL AS known, count(*)::int AS count FROM ${kept} GROUP BY 1, 2 ORDER BY 1, 2`,
    ctx.db.$queryRaw<{ digest: string; path: string; reason: string; excerpt: string }[]>`
      SELECT a.digest, a.path, a.reason, left(a.excerpt, 160) AS excerpt FROM ${kept}
       ORDER BY f.hour IS NULL, a.read_at DESC, a.digest LIMIT ${MOST_ASIDE}`,
  ])
  return {
    aside: rows.filter(({ known }) => known).map(({ reason, count }) => ({ reason: asideReasonIn(reason), count })),
    asideElsewhere: rows.filter(({ known }) => !known).reduce((sum, { count }) => sum + count, 0),
    asideShown: shown.map(({ reason, ...row }) => ({ ...row, reason: asideReasonIn(reason) })),
  }
}
