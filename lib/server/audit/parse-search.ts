import 'server-only'

const SEARCH_FIELDS = ['actor', 'action', 'type', 'key', 'vault', 'code', 'created'] as const
type SearchField = (typeof SEARCH_FIELDS)[number]

/** One term of a search box. */
export interface Term<Field extends string> {
  field: Field | 'text'
  value: string
  negated: boolean
}
export type SearchTerm = Term<SearchField>

/** `-key:"a b"`: a minus, a field, a quoted phrase or a word. */
const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi
const MAX_TERMS = 20

/** Takes the audit log's search apart. */
export function parseSearch(text: string): SearchTerm[] {
  return parseTerms(text, SEARCH_FIELDS)
}

/** Takes a search box's text apart. What names no field that is known is free text, colon and all. */
export function parseTerms<Field extends string>(text: string, fields: readonly Field[]): Term<Field>[] {
  // No stored text has a zero byte, and PostgreSQL takes none in a question.
  const terms = [...text.replaceAll('\0', ' ').matchAll(TERM)]
    .map((match) => toTerm(match, fields))
    .filter((term) => term.value !== '')
  return terms.slice(0, MAX_TERMS)
}

function toTerm<Field extends string>(
  [whole, minus, name, phrase, word]: RegExpMatchArray,
  fields: readonly Field[],
): Term<Field> {
  const negated = minus === '-'
  const field = fields.find((known) => known === name?.toLowerCase())
  const value = phrase ?? word ?? ''
  if (field) return { field, value, negated }
  return { field: 'text', value: name ? whole.slice(negated ? 1 : 0).replaceAll('"', '') : value, negated }
}

export interface Span {
  from?: Date
  /** Exclusive. */
  before?: Date
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * `>=2026-01-01`, `>2026-01-01`, `<…`, `<=…`, `2026-01-01..2026-01-31` or a day alone, all in UTC; an instant may stand
 * for a day. Undefined when it is no date.
 */
export function parseSpan(value: string): Span | undefined {
  const range = value.split('..')
  if (range.length === 2) {
    const [from, to] = range.map(readDate)
    return from && to ? { from: from.start, before: to.end } : undefined
  }
  const [, operator = '', text = ''] = /^(>=|<=|>|<)?(.*)$/.exec(value) ?? []
  const date = readDate(text)
  if (!date) return undefined
  if (operator === '>=') return { from: date.start }
  if (operator === '>') return { from: date.end }
  if (operator === '<') return { before: date.start }
  if (operator === '<=') return { before: date.end }
  return { from: date.start, before: date.end }
}

/** A day lasts until the next one, an instant for a millisecond. */
function readDate(text: string): { start: Date; end: Date } | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?$/.test(text)
  if (!isDay && !isInstant) return undefined
  const start = new Date(isDay || text.endsWith('Z') ? text : `${text}Z`)
  if (Number.isNaN(start.getTime())) return undefined
  return { start, end: new Date(start.getTime() + (isDay ? DAY_MS : 1)) }
}
