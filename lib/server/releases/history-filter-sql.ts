import 'server-only'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { parseTerms, type Term } from '../audit/parse-search'
import { Prisma } from '../db/generated/client'

const FIELDS = ['key', 'vault', 'who', 'from', 'code'] as const
type Field = (typeof FIELDS)[number]

const COLUMNS = {
  key: [Prisma.sql`r.key_name`, Prisma.sql`r.key_version`],
  vault: [Prisma.sql`r.vault`, Prisma.sql`c.name`],
  who: [Prisma.sql`r.object_id`, Prisma.sql`r.app_id`, Prisma.sql`r.upn`],
  from: [Prisma.sql`r.address`],
  code: [Prisma.sql`r.status::text`, Prisma.sql`r.signature`, Prisma.sql`r.release_code`],
} as const satisfies Record<Field, readonly Prisma.Sql[]>

const ANY = [...Object.values(COLUMNS).flat(), Prisma.sql`r.correlation_id`, Prisma.sql`r.description`]

/** The history's filters over log_record `r` and its connection `c`. */
export function historyFilterSql({ text, decisions, from, to }: Omit<HistoryQuery, 'page' | 'pageSize'>): Prisma.Sql {
  const conditions = [Prisma.sql`r.act = 'release'`, ...parseTerms(text, FIELDS).map(termSql)]
  if (decisions.length > 0) conditions.push(Prisma.sql`r.decision IN (${Prisma.join(decisions)})`)
  if (from !== null) conditions.push(Prisma.sql`r.at >= ${new Date(from)}`)
  if (to !== null) conditions.push(Prisma.sql`r.at <= ${new Date(to)}`)
  return Prisma.join(conditions, ' AND ')
}

function termSql({ field, value, negated }: Term<Field>): Prisma.Sql {
  // strpos knows no wildcards, so nothing needs escaping.
  const held = (field === 'text' ? ANY : COLUMNS[field]).map(
    (column) => Prisma.sql`coalesce(strpos(lower(${column}), ${value.toLowerCase()}) > 0, false)`,
  )
  const any = Prisma.sql`(${Prisma.join(held, ' OR ')})`
  return negated ? Prisma.sql`NOT ${any}` : any
}
