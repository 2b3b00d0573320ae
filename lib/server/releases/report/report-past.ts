import 'server-only'
import type { ReportRequest } from '@/lib/domain/releases/history/report-request'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import type { Context } from '../../context'
import { type LogRecordRow, RECORD_COLUMNS, RECORDS, toRecordView } from '../history-sql'
import { DONE_HERE, PART_OF_THE_EXAMPLE } from '../own-acts-sql'
import { ofVault, type ReportVault } from './report-vaults'

type Past = { changes: LogRecordView[]; total: number }

/** What the vault's log tells was done to the key in the period and was not done here: oldest first, the newest `most` of them. */
export async function readChangesPast(
  db: Context['db'],
  vault: ReportVault,
  { key, since, until, most }: Pick<ReportRequest, 'key' | 'since' | 'until'> & { most: number },
): Promise<Past> {
  const rows = await db.$queryRaw<(LogRecordRow & { total: number })[]>`
    SELECT ${RECORD_COLUMNS}, count(*) OVER ()::int AS total
      FROM ${RECORDS} JOIN log_change_open p ON p.digest = r.digest JOIN log_call k ON k.id = r.call_id
     WHERE ${ofVault(vault)} AND lower(k.key_name) = ${key.toLowerCase()} AND r.at BETWEEN ${since} AND ${until}
       AND (p.settled OR (NOT ${DONE_HERE} AND NOT ${PART_OF_THE_EXAMPLE}))
     ORDER BY r.at DESC, r.digest DESC LIMIT ${most}`
  const changes = rows.toReversed().map(({ total: _, ...row }) => toRecordView(row))
  return { changes, total: rows[0]?.total ?? 0 }
}
