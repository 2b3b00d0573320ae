import 'server-only'
import type { HistoryQuery } from '@/lib/domain/releases/history/views'
import { parseTerms, type Term } from '../audit/parse-search'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'

const FIELDS = ['key', 'vault', 'who', 'from', 'code', 'env'] as const
type Field = (typeof FIELDS)[number]

/** In lower case, all of them; `search_text` is so already. A connection's name is none of them: connections are few. */
const COLUMNS = {
  key: [Prisma.sql`lower(k.key_name)`, Prisma.sql`lower(k.key_version)`],
  vault: [Prisma.sql`lower(k.vault)`],
  who: [Prisma.sql`lower(k.object_id)`, Prisma.sql`lower(k.app_id)`, Prisma.sql`lower(k.upn)`],
  from: [Prisma.sql`lower(k.address)`],
  code: [Prisma.sql`lower(k.status::text)`, Prisma.sql`lower(k.signature)`, Prisma.sql`lower(k.release_code)`],
  text: [Prisma.sql`k.search_text`],
} as const satisfies Record<Exclude<Field, 'env'> | 'text', readonly Prisma.Sql[]>
const OF_CONNECTIONS: readonly (Field | 'text')[] = ['vault', 'text']

/** Over log_call `k` and its connection `c`: `CALLS`. */
export const CALLS = Prisma.sql`log_call k LEFT JOIN connection c ON c.id = k.connection_id`

/** The history's filters, each where it is cheap to ask. */
export interface HistoryFilter {
  /** Over `CALLS`; undefined: every release. */
  calls: Prisma.Sql | undefined
  /** Over log_record `r`, of which few are meant; undefined: all of them. */
  single: Prisma.Sql | undefined
  /** Inclusive. */
  from: Date | undefined
  to: Date | undefined
}

type Filters = Pick<HistoryQuery, 'text' | 'decisions' | 'from' | 'to'>

/** A word of free text that is a record's correlation id means that record; every other is looked for in the calls. */
export async function historyFilter(db: Context['db'], { text, decisions, from, to }: Filters): Promise<HistoryFilter> {
  const terms = parseTerms(text, FIELDS)
  const ids = await correlationIdsIn(db, terms)
  const ofCalls = terms.flatMap((term) => (isCorrelation(term, ids) ? [] : termSql(term)))
  if (decisions.length > 0) ofCalls.push(Prisma.sql`k.decision IN (${Prisma.join(decisions)})`)
  const ofRecords = [
    ...terms.filter((term) => isCorrelation(term, ids)).map((term) => correlationSql(term.value)),
    ...terms.filter(({ field }) => field === 'env').map(environmentSql),
  ]
  return {
    calls: allOf(ofCalls),
    single: allOf(ofRecords),
    from: from === null ? undefined : new Date(from),
    to: to === null ? undefined : new Date(to),
  }
}

function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql | undefined {
  return conditions.length === 0 ? undefined : Prisma.join(conditions, ' AND ')
}

async function correlationIdsIn(db: Context['db'], terms: readonly Term<Field>[]): Promise<ReadonlySet<string>> {
  const asked = terms.filter(({ field, negated }) => field === 'text' && !negated).map(({ value }) => value)
  if (asked.length === 0) return new Set()
  const known = await db.$queryRaw<{ value: string }[]>`
    SELECT t.value FROM unnest(${asked}::text[]) AS t(value)
     WHERE EXISTS (SELECT FROM log_record r WHERE r.correlation_id = t.value)
        OR EXISTS (SELECT FROM log_record r WHERE r.correlation_id = lower(t.value))`
  return new Set(known.map(({ value }) => value))
}

function isCorrelation({ field, value, negated }: Term<Field>, ids: ReadonlySet<string>): boolean {
  return field === 'text' && !negated && ids.has(value)
}

/** Not by IN, for which an index by hash is none. */
function correlationSql(value: string): Prisma.Sql {
  return Prisma.sql`(r.correlation_id = ${value} OR r.correlation_id = ${value.toLowerCase()})`
}

const ENVIRONMENT = Prisma.sql`lower(concat_ws(' ', v.environment_sha256, v.environment ->> 'authority', v.environment ->> 'type', v.environment ->> 'measured'))`

/** Of the records that have a token: those in an environment with such a digest, kind, authority or measurement. */
function environmentSql({ value, negated }: Term<Field>): Prisma.Sql {
  const held = Prisma.sql`EXISTS (SELECT FROM release_evaluation v WHERE v.digest = r.digest
    AND strpos(${ENVIRONMENT}, ${value.toLowerCase()}) > 0)`
  return negated ? Prisma.sql`NOT ${held}` : held
}

function termSql({ field, value: asked, negated }: Term<Field>): Prisma.Sql[] {
  if (field === 'env') return []
  const value = asked.toLowerCase()
  // strpos knows no wildcards, so nothing needs escaping.
  const held = COLUMNS[field].map((column) => Prisma.sql`coalesce(strpos(${column}, ${value}) > 0, false)`)
  if (OF_CONNECTIONS.includes(field)) held.push(ofConnectionSql(value))
  const any = Prisma.sql`(${Prisma.join(held, ' OR ')})`
  return [negated ? Prisma.sql`NOT ${any}` : any]
}

/** An array, so that connections are asked once and not with every call. */
function ofConnectionSql(value: string): Prisma.Sql {
  return Prisma.sql`coalesce(k.connection_id = ANY(ARRAY(
    SELECT n.id FROM connection n WHERE strpos(lower(n.name), ${value}) > 0)), false)`
}
