import 'server-only'
import { IDLE_MS } from '../auth/session-clock'
import type { Context } from '../context'
import type { JobName } from '../jobs/queue'

/** What all consoles share, as the database tells it: the same from each of them. */
export interface SharedState {
  pending: number
  indeterminate: number
  /** Seconds. */
  oldestOperation: number
  reviews: number
  alarms: number
  sessions: number
  connections: { state: string; count: number }[]
  jobs: { job: JobName; state: 'waiting' | 'active' | 'failed'; count: number }[]
}

type CountsRow = Omit<SharedState, 'connections' | 'jobs'>

/** Counts and nothing else. @throws what the database throws */
export async function readSharedState({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<SharedState> {
  const now = clock()
  const usedAfter = new Date(now.getTime() - IDLE_MS)
  const [counts] = await db.$queryRaw<CountsRow[]>`
    SELECT o.pending, o.indeterminate, o."oldestOperation",
           ((SELECT count(*) FROM import WHERE status = 'awaiting_review')
          + (SELECT count(*) FROM enable_request WHERE status = 'awaiting_review'))::int AS reviews,
           (SELECT count(*) FROM alarm WHERE acknowledged_at IS NULL)::int AS alarms,
           (SELECT count(*) FROM session s JOIN person p ON p.id = s.person_id
             WHERE s.ended_at IS NULL AND p.disabled_at IS NULL AND s.expires_at > ${now} AND s.last_use_at > ${usedAfter}
           )::int AS sessions
    FROM (SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
                 count(*) FILTER (WHERE status = 'indeterminate')::int AS indeterminate,
                 greatest(0, coalesce(extract(epoch FROM ${now} - min(started_at)), 0))::float8 AS "oldestOperation"
            FROM operation WHERE status IN ('pending', 'indeterminate')) o`
  const connections = await db.$queryRaw<SharedState['connections']>`
    SELECT coalesce(h.state, 'not_known') AS state, count(*)::int AS count
    FROM connection c LEFT JOIN connection_health h ON h.connection_id = c.id
    WHERE c.removed_at IS NULL GROUP BY 1`
  const jobs = await db.$queryRaw<SharedState['jobs']>`
    SELECT name AS job, CASE WHEN state IN ('created', 'retry') THEN 'waiting' ELSE state::text END AS state, count(*)::int AS count
    FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') AND name NOT LIKE '\\_\\_pgboss%' GROUP BY 1, 2`
  if (!counts) throw new Error('a count without a row')
  return { ...counts, connections, jobs }
}
