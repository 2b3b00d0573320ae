import 'server-only'
import { Prisma } from '../db/generated/client'
import { PERSON } from './first-seen-sql'
import { PART_OF_THE_EXAMPLE } from './own-acts-sql'

/** A call that was read, and what of it is news. */
export interface OpenCall {
  connectionId: string
  vaultName: string
  vault: string
  keyName: string | null
  decision: 'allowed' | 'denied'
  /** UTC. */
  day: string
  record: string
  person: string | null
  address: string | null
  /** Nobody was told before that this key was released to them, or that it was released there. */
  isNewPerson: boolean
  isNewAddress: boolean
  /** More than a day old when it was read. */
  late: boolean
}

/** Calls that one transaction looks at. */
export const AT_ONCE = 5_000
const OLDEST = Prisma.sql`SELECT call_id, day FROM log_release_open ORDER BY at, call_id, day LIMIT ${AT_ONCE}`

/** Released and not among those that wait to be told, with a value that one of the batch has: one pass, however many. */
const knownBy = (value: Prisma.Sql, name: Prisma.Sql) => Prisma.sql`
  SELECT DISTINCT k.vault, coalesce(lower(k.key_name), '') AS key, ${value} AS value FROM log_call k
   WHERE k.act = 'release' AND k.decision = 'allowed'
     AND (k.vault, coalesce(lower(k.key_name), ''), ${value}) IN (
       SELECT b.vault, b.key, b.${name} FROM batch b WHERE b.decision = 'allowed')
     AND NOT EXISTS (SELECT FROM log_release_open q WHERE q.call_id = k.id)`

/**
 * For the transaction: what is compared here is as many as somebody likes, and how many the planner can't know. Row by row
 * it would take their product.
 */
export const NEVER_ROW_BY_ROW = Prisma.sql`SELECT set_config('enable_nestloop', 'off', true)`

/** The oldest calls that wait, in their order. */
export const OPEN_CALLS = Prisma.sql`
  WITH batch AS MATERIALIZED (
    SELECT o.day, o.at, o.read_at, k.connection_id, k.vault, k.key_name, coalesce(lower(k.key_name), '') AS key, k.decision,
           k.first_at, k.first_digest, ${PERSON} AS person, k.address
      FROM log_release_open o JOIN log_call k ON k.id = o.call_id WHERE (o.call_id, o.day) IN (${OLDEST})),
  people AS MATERIALIZED (${knownBy(PERSON, Prisma.sql`person`)}),
  addresses AS MATERIALIZED (${knownBy(Prisma.sql`k.address`, Prisma.sql`address`)})
  SELECT c.id AS "connectionId", c.name AS "vaultName", r.vault, r.key_name AS "keyName", r.decision, r.day::text AS day,
         r.first_digest AS record, r.person, r.address,
         r.person IS NOT NULL AND p.value IS NULL AS "isNewPerson",
         r.address IS NOT NULL AND a.value IS NULL AS "isNewAddress",
         CASE r.decision WHEN 'denied' THEN r.at ELSE r.first_at END < r.read_at - interval '1 day' AS late
    FROM batch r JOIN connection c ON c.id = r.connection_id
    LEFT JOIN people p ON p.vault = r.vault AND p.key = r.key AND p.value = r.person
    LEFT JOIN addresses a ON a.vault = r.vault AND a.key = r.key AND a.value = r.address
   WHERE NOT ${PART_OF_THE_EXAMPLE}
   ORDER BY r.first_at, r.first_digest COLLATE "C", r.day`

/** The same calls, in the same transaction. */
export const LET_GO = Prisma.sql`DELETE FROM log_release_open WHERE (call_id, day) IN (${OLDEST})`
