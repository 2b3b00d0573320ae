import 'server-only'
import { Prisma } from '../db/generated/client'

const DISABLING = Prisma.sql`('disable_key', 'mark_compromised', 'reject_key')`
const ENABLING = Prisma.sql`('enable_key', 'reenable_key')`

/**
 * Spans in which a version must not be released, as `connection_id, key, version, since, until`: from the end of an act
 * that disabled it to the end of the next on it, and from an import's arrival to its decision. `key` is in lower case,
 * `until` null where the span lasts. A release that names no version is the newest one's, which nobody knows afterwards:
 * for it (`version` null) the last act on any version of the key counts, and every import.
 */
export const SPANS_WITHOUT_RELEASE = Prisma.sql`
  WITH acts AS (
    SELECT o.connection_id, lower(o.key_name) AS key, o.key_version, o.finished_at, o.kind::text IN ${DISABLING} AS disables
      FROM operation o WHERE o.status = 'succeeded' AND o.finished_at IS NOT NULL
       AND (o.kind::text IN ${DISABLING} OR o.kind::text IN ${ENABLING})),
  turns AS (
    SELECT connection_id, key, key_version AS version, disables, finished_at AS since,
           lead(finished_at) OVER (PARTITION BY connection_id, key, key_version ORDER BY finished_at) AS until
      FROM acts WHERE key_version IS NOT NULL
    UNION ALL
    SELECT connection_id, key, NULL, disables, finished_at,
           lead(finished_at) OVER (PARTITION BY connection_id, key ORDER BY finished_at)
      FROM acts)
  SELECT connection_id, key, version, since, until FROM turns WHERE disables
  UNION ALL
  SELECT i.connection_id, lower(i.key_name), v.version, i.arrived_at, i.decided_at
    FROM import i, LATERAL (VALUES (i.key_version), (NULL)) AS v(version) WHERE i.arrived_at IS NOT NULL`
