import 'server-only'
import type { InventoryQuery } from '@/lib/domain/keys/views'
import { Prisma } from '../db/generated/client'
import { stateSql } from './state-sql'

const DAY_MS = 24 * 60 * 60 * 1000

/** The inventory's filters over key_record `k` and connection `c`. */
export function filterSql(query: InventoryQuery, now: Date): Prisma.Sql {
  const ofBoth = [Prisma.sql`c.removed_at IS NULL`, ...words(query.text).map(wordSql)]
  return Prisma.join([...ofBoth, ...keyConditions(query, now)], ' AND ')
}

/** How many rows pass them. Unless a word is sought no row of `connection` is joined, and an index can answer alone. */
export function countSql(query: InventoryQuery, now: Date): Prisma.Sql {
  if (words(query.text).length > 0) {
    const where = filterSql(query, now)
    return Prisma.sql`SELECT count(*)::int FROM key_record k JOIN connection c ON c.id = k.connection_id WHERE ${where}`
  }
  const live = Prisma.sql`k.connection_id = ANY(ARRAY(SELECT c.id FROM connection c WHERE c.removed_at IS NULL))`
  const where = Prisma.join([live, ...keyConditions(query, now)], ' AND ')
  return Prisma.sql`SELECT count(*)::int FROM key_record k WHERE ${where}`
}

/** What asks about the key's own row alone. Destroyed keys are shown only when asked for. */
function keyConditions(query: InventoryQuery, now: Date): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (query.connectionIds.length)
    conditions.push(Prisma.sql`k.connection_id::text IN (${Prisma.join(query.connectionIds)})`)
  if (query.types.length) conditions.push(Prisma.sql`k.kty IN (${Prisma.join(query.types)})`)
  if (query.origins.length) conditions.push(Prisma.sql`k.origin IN (${Prisma.join(query.origins)})`)
  conditions.push(
    query.states.length
      ? Prisma.sql`${stateSql(now)} IN (${Prisma.join(query.states)})`
      : Prisma.sql`k.purged_at IS NULL`,
  )
  if (query.expiresWithinDays !== null) {
    const until = new Date(now.getTime() + query.expiresWithinDays * DAY_MS)
    conditions.push(Prisma.sql`k.expires_at > ${now} AND k.expires_at <= ${until}`)
    conditions.push(Prisma.sql`k.deleted_at IS NULL AND k.purged_at IS NULL`)
  }
  return conditions
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
}

/** Every word must stand in the name, a tag or the vault's name. strpos has no wildcards. */
function wordSql(word: string): Prisma.Sql {
  return Prisma.sql`(strpos(k.search_text, ${word}) > 0 OR strpos(lower(c.name), ${word}) > 0)`
}
