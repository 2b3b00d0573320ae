import 'server-only'
import type { FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { Prisma } from '../db/generated/client'

/** Who a caller is, of whom a log may tell less than all: the object, else the application, else the name. */
export const PERSON = Prisma.sql`coalesce(k.object_id, k.app_id, k.upn)`

const VALUES = {
  person: PERSON,
  address: Prisma.sql`k.address`,
} as const satisfies Record<FirstSeen, Prisma.Sql>

/**
 * `kind, digest` of the releases that are the first of each value, by vault and key; and of the first that was allowed, for
 * who was refused yesterday is no less new to a key today. Out of log_call, whose firsts are smallest of all whatever the
 * order in which records came: a record that comes late takes the mark from the one that had it.
 */
export function firstsSql(kinds: readonly FirstSeen[], of: Prisma.Sql = Prisma.sql`true`): Prisma.Sql {
  const each = kinds.flatMap((kind) => [firstOf(kind, of), firstOf(kind, Prisma.sql`${of} AND k.decision = 'allowed'`)])
  return Prisma.join(each, ' UNION ')
}

function firstOf(kind: FirstSeen, of: Prisma.Sql): Prisma.Sql {
  const value = VALUES[kind]
  return Prisma.sql`(SELECT DISTINCT ON (k.vault, lower(k.key_name), ${value}) ${kind}::text AS kind, k.first_digest AS digest
    FROM log_call k WHERE k.act = 'release' AND ${value} IS NOT NULL AND ${of}
    ORDER BY k.vault, lower(k.key_name), ${value}, k.first_at, k.first_digest COLLATE "C")`
}
