import 'server-only'
import type { FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { EVALUATED } from '@/lib/domain/releases/release-verdict'
import type { Context } from '../../context'
import { Prisma } from '../../db/generated/client'
import { recordSql } from '../count-releases'
import { CALLS, type HistoryFilter } from '../history-filter-sql'

/** Of the releases that match, those of which it is known whether the policy was kept. Asked from the few that are evaluated. */
export async function countEvaluated(
  db: Context['db'],
  filter: HistoryFilter,
  first: readonly FirstSeen[],
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM release_evaluation v JOIN log_record r ON r.digest = v.digest
      JOIN ${CALLS} ON k.id = r.call_id
     WHERE v.verdict IN (${Prisma.join([...EVALUATED])}) AND r.act = 'release' AND ${recordSql(filter, first)}
       AND ${filter.calls ?? Prisma.sql`true`}`)
  return row?.count ?? 0
}
