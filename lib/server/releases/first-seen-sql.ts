import 'server-only'
import type { FirstSeen } from '@/lib/domain/releases/history/first-seen'
import { Prisma } from '../db/generated/client'

/** Who a caller is, of whom a log may tell less than all: the object, else the application, else the name. */
export const PERSON = Prisma.sql`coalesce(k.object_id, k.app_id, k.upn)`

/** Of calls, whose firsts are smallest of all whatever the order in which records came. */
const ofCalls = (value: Prisma.Sql) => ({
  value,
  from: Prisma.sql`log_call k`,
  at: Prisma.sql`k.first_at`,
  digest: Prisma.sql`k.first_digest`,
})

const SOURCES = {
  person: ofCalls(PERSON),
  address: ofCalls(Prisma.sql`k.address`),
  // Of the few records that have a token.
  environment: {
    value: Prisma.sql`v.environment_sha256`,
    from: Prisma.sql`release_evaluation v JOIN log_record r ON r.digest = v.digest JOIN log_call k ON k.id = r.call_id`,
    at: Prisma.sql`r.at`,
    digest: Prisma.sql`r.digest`,
  },
} as const satisfies Record<FirstSeen, Record<'value' | 'from' | 'at' | 'digest', Prisma.Sql>>

/**
 * `kind, digest` of the releases that are the first of each value, by vault and key; and of the first that was allowed, for
 * who was refused yesterday is no less new to a key today. A record that comes late takes the mark from the one that had it.
 */
export function firstsSql(kinds: readonly FirstSeen[], of: Prisma.Sql = Prisma.sql`true`): Prisma.Sql {
  const each = kinds.flatMap((kind) => [firstOf(kind, of), firstOf(kind, Prisma.sql`${of} AND k.decision = 'allowed'`)])
  return Prisma.join(each, ' UNION ')
}

function firstOf(kind: FirstSeen, of: Prisma.Sql): Prisma.Sql {
  const { value, from, at, digest } = SOURCES[kind]
  return Prisma.sql`(SELECT DISTINCT ON (k.vault, lower(k.key_name), ${value}) ${kind}::text AS kind, ${digest} AS digest
    FROM ${from} WHERE k.act = 'release' AND ${value} IS NOT NULL AND ${of}
    ORDER BY k.vault, lower(k.key_name), ${value}, ${at}, ${digest} COLLATE "C")`
}
