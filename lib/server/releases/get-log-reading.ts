import 'server-only'
import { hourSpans } from '@/lib/domain/releases/history/hour-spans'
import type { AsideView, LogReadingView, VaultLogView } from '@/lib/domain/releases/history/views'
import type { Actor, Context } from '../context'
import { requirePermission } from '../people/require-permission'
import { asideReasonIn } from './aside-reason'

const ASIDE_SHOWN = 20
/** Hours of a vault's log that are looked back on. */
const HOURS_BACK = 30 * 24

/** What was read, where, and what was not: how complete the history is. */
export async function getLogReading(ctx: Context, actor: Actor): Promise<LogReadingView> {
  requirePermission(actor, 'releases.read')
  const [sources, vaults, count, newest] = await Promise.all([
    ctx.db.logSource.findMany({ orderBy: { place: 'asc' } }),
    readVaults(ctx),
    ctx.db.logRecordAside.count(),
    ctx.db.logRecordAside.findMany({ orderBy: [{ readAt: 'desc' }, { digest: 'asc' }], take: ASIDE_SHOWN }),
  ])
  return {
    sources: sources.map(({ place, readAt, problemAt, readUpTo }) => ({
      place,
      readAt: readAt?.toISOString() ?? null,
      problemAt: problemAt?.toISOString() ?? null,
      readUpTo: readUpTo?.toISOString() ?? null,
    })),
    vaults,
    aside: { count, newest: newest.map(toAsideView) },
  }
}

interface VaultRow {
  vault: string
  hours: Date[]
  unread: bigint
  readAt: Date
}

async function readVaults(ctx: Context): Promise<VaultLogView[]> {
  const now = ctx.clock().getTime()
  const since = new Date(now - HOURS_BACK * 3_600_000)
  const rows = await ctx.db.$queryRaw<VaultRow[]>`
    SELECT vault, array_agg(hour) AS hours, sum(greatest(size - read_to, 0))::bigint AS unread, max(read_at) AS "readAt"
      FROM log_file WHERE vault IS NOT NULL AND hour >= ${since} GROUP BY vault ORDER BY vault`
  return rows.map(({ vault, hours, unread, readAt }) => ({
    vault,
    spans: hourSpans(
      hours.map((hour) => hour.getTime()),
      now,
    ),
    unreadBytes: Number(unread),
    readAt: readAt.toISOString(),
  }))
}

function toAsideView(row: { digest: string; path: string; reason: string; excerpt: string; readAt: Date }): AsideView {
  const { digest, path, reason, excerpt, readAt } = row
  return { digest, path, reason: asideReasonIn(reason), excerpt, readAt: readAt.toISOString() }
}
