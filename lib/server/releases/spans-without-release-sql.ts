import 'server-only'
import { Prisma } from '../db/generated/client'

const DISABLING = Prisma.sql`('disable_key', 'mark_compromised', 'reject_key')`
const ENABLING = Prisma.sql`('enable_key', 'reenable_key')`

/**
 * Spans in which a version must not be released, as `connection_id, key, version, since, until`: from the end of an act
 * that disabled it, or the beginning of the one that made it, to the beginning of the next that enables it, and from an
 * import's arrival to its decision. `key` is in lower case, `until` null where the span lasts. A vault releases as soon as it
 * has enabled, which is before we know that it has; an enabling that came to nothing ends no span. A release that names no
 * version is the newest one's, which nobody knows afterwards: for it (`version` null) the last act on any version of the key
 * counts, and every import. Materialized: they are few, and the acts that they are made of are not gone through for each call.
 */
export const SPANS_WITHOUT_RELEASE = Prisma.sql`
  WITH acts AS (
    SELECT o.connection_id, lower(o.key_name) AS key, o.key_version, o.kind NOT IN ${ENABLING} AS disables,
           CASE WHEN o.kind IN ${DISABLING} THEN o.finished_at ELSE o.started_at END AS at
      FROM operation o
     WHERE (o.kind IN ${DISABLING} AND o.status = 'succeeded')
        OR (o.kind IN ${ENABLING} AND o.status <> 'failed')
        OR (o.kind = 'create_key' AND o.key_version IS NOT NULL)),
  turns AS (
    SELECT connection_id, key, key_version AS version, disables, at AS since,
           lead(at) OVER (PARTITION BY connection_id, key, key_version ORDER BY at) AS until
      FROM acts WHERE key_version IS NOT NULL
    UNION ALL
    SELECT connection_id, key, NULL, disables, at, lead(at) OVER (PARTITION BY connection_id, key ORDER BY at) FROM acts),
  enabled AS (
    SELECT connection_id, key, key_version AS version, min(at) AS at FROM acts WHERE NOT disables GROUP BY 1, 2, 3),
  spans AS MATERIALIZED (
    SELECT connection_id, key, version, since, until FROM turns WHERE disables
    UNION ALL
    SELECT i.connection_id, lower(i.key_name), v.version, i.arrived_at, least(e.at, i.decided_at)
      FROM import i LEFT JOIN enabled e
        ON e.connection_id = i.connection_id AND e.key = lower(i.key_name) AND e.version = i.key_version,
           LATERAL (VALUES (i.key_version), (NULL)) AS v(version)
     WHERE i.arrived_at IS NOT NULL)
  SELECT connection_id, key, version, since, until FROM spans`
