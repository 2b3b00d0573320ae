import 'server-only'
import type { InventoryQuery } from '@/lib/domain/keys/views'
import { Prisma } from '../db/generated/client'
import { stateSql } from './state-sql'

const DAY_MS = 24 * 60 * 60 * 1000

/** The inventory's filters over key_record `k` and connection `c`. Destroyed keys are shown only when asked for. */
export function filterSql(query: InventoryQuery, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`c.removed_at IS NULL`, ...words(query.text).map(wordSql)]
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
  return Prisma.join(conditions, ' AND ')
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)
}

/** Every word must stand in the name, the vault's name or a tag: one pass over the three. strpos has no wildcards. */
function wordSql(word: string): Prisma.Sql {
  return Prisma.sql`strpos(lower(k.name || ' ' || c.name || ' ' || k.tags::text), ${word}) > 0`
}
