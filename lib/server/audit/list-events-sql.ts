import 'server-only'
import { describeEvent } from '@/lib/domain/audit/describe-event'
import { AUDIT_EVENT_TYPES, AUDIT_PHASES, type AuditEventType, type AuditPhase } from '@/lib/domain/audit/event'
import type { AuditQuery } from '@/lib/domain/audit/query'
import { OPERATION_KINDS, type OperationKind } from '@/lib/domain/operations/operation'
import { Prisma } from '../db/generated/client'
import { parseSearch, parseSpan, type SearchTerm } from './parse-search'

const NOTHING = Prisma.sql`false`

/** The audit log's filters over audit_event `e`. */
export function eventFilterSql(query: AuditQuery): Prisma.Sql {
  const conditions = [Prisma.sql`true`, ...parseSearch(query.text).map(termSql)]
  if (query.phases.length) conditions.push(Prisma.sql`e.phase IN (${Prisma.join(query.phases)})`)
  if (query.from) conditions.push(spanSql(`>=${query.from}`))
  if (query.to) conditions.push(spanSql(`<=${query.to}`))
  return Prisma.join(conditions, ' AND ')
}

function termSql(term: SearchTerm): Prisma.Sql {
  const condition = conditionSql(term)
  return term.negated ? Prisma.sql`NOT coalesce(${condition}, false)` : condition
}

function conditionSql({ field, value }: SearchTerm): Prisma.Sql {
  switch (field) {
    case 'actor':
      return holds(Prisma.sql`coalesce(e.actor_name, 'Drawbridge')`, value)
    case 'action':
    case 'type':
      return Prisma.sql`(${holds(Prisma.sql`e.type`, value)} OR ${holds(Prisma.sql`e.details->>'kind'`, value)})`
    case 'key':
      return Prisma.sql`(${holds(Prisma.sql`e.key_name`, value)} OR e.key_version = ${value.toLowerCase()})`
    case 'vault':
      return holds(Prisma.sql`e.vault_name`, value)
    case 'code':
      return holds(Prisma.sql`e.code`, value)
    case 'created':
      return spanSql(value)
    case 'text':
      return textSql(value)
  }
}

/** strpos knows no wildcards, so nothing needs escaping. */
function holds(column: Prisma.Sql, value: string): Prisma.Sql {
  return Prisma.sql`strpos(lower(${column}), ${value.toLowerCase()}) > 0`
}

function spanSql(value: string): Prisma.Sql {
  const span = parseSpan(value)
  if (!span) return NOTHING
  const conditions = [Prisma.sql`true`]
  if (span.from) conditions.push(Prisma.sql`e.at >= ${span.from}`)
  if (span.before) conditions.push(Prisma.sql`e.at < ${span.before}`)
  return Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
}

const COLUMNS = [
  Prisma.sql`e.actor_name`,
  Prisma.sql`e.vault_name`,
  Prisma.sql`e.key_name`,
  Prisma.sql`e.key_version`,
  Prisma.sql`e.code`,
  Prisma.sql`e.vault_request_id`,
  Prisma.sql`e.details::text`,
]

/** Free text: in what the event names, or in the sentence's own words, which only `describeEvent` knows. */
function textSql(value: string): Prisma.Sql {
  const conditions = COLUMNS.map((column) => Prisma.sql`coalesce(${holds(column, value)}, false)`)
  const shapes = shapesThatSay(value)
  if (shapes.length) {
    const rows = shapes.map((shape) => Prisma.sql`(${shape.type}, ${shape.phase}, ${shape.kind ?? ''})`)
    conditions.push(Prisma.sql`(e.type, e.phase, coalesce(e.details->>'kind', '')) IN (${Prisma.join(rows)})`)
  }
  return Prisma.sql`(${Prisma.join(conditions, ' OR ')})`
}

interface Shape {
  type: AuditEventType
  phase: AuditPhase
  kind: OperationKind | null
}

const SHAPES: readonly (Shape & { words: string })[] = AUDIT_EVENT_TYPES.flatMap((type) =>
  AUDIT_PHASES.flatMap((phase) =>
    (type === 'operation' ? OPERATION_KINDS : [null]).map((kind) => ({
      type,
      phase,
      kind,
      words: wordsOf({ type, phase, kind }),
    })),
  ),
)

/** A sentence with nothing but its own words: every name in it is left blank. */
function wordsOf({ type, phase, kind }: Shape): string {
  const blank = { actorName: '', vaultName: '', keyName: '', keyVersion: null, code: null }
  return describeEvent({ type, phase, ...blank, details: kind ? { kind, facts: {} } : {} }).toLowerCase()
}

function shapesThatSay(value: string): Shape[] {
  return SHAPES.filter((shape) => shape.words.includes(value.toLowerCase()))
}
