import { parseExpression } from './parse-expression'
import { syntax } from './query-problem'
import type { Expression, Named, Order, Query, Source, Step } from './syntax-tree'
import { type TokenReader, tokenReader } from './token-reader'
import { readTokens } from './tokens'

/** Longer than any query that a console sends. */
const longestQuery = 16 * 1024

/** The part of the query language that is known here: one table or a union, then steps. Throws QueryProblem for all else. */
export function parseQuery(text: string): Query {
  if (text.length > longestQuery) throw syntax('The query is too long.')
  const reader = tokenReader(readTokens(text))
  const query = parsePipeline(reader)
  const rest = reader.peek()
  if (rest) throw syntax(rest.kind === 'literal' ? 'A "|" is expected.' : `"${rest.text}" is not expected here.`)
  return query
}

function parsePipeline(reader: TokenReader): Query {
  return reader.nested(() => {
    const source = parseSource(reader)
    const steps: Step[] = []
    while (reader.take('|')) steps.push(parseStep(reader))
    return { source, steps }
  })
}

function parseSource(reader: TokenReader): Source {
  const name = reader.word('A table')
  return name === 'union' ? parseUnion(reader) : { kind: 'table', name }
}

function parseUnion(reader: TokenReader): Source {
  let fuzzy = false
  for (;;) {
    if (reader.take('isfuzzy')) {
      reader.expect('=')
      const token = reader.next()
      if (token.kind !== 'literal' || typeof token.value !== 'boolean') throw syntax('isfuzzy is true or false.')
      fuzzy = token.value
    } else if (reader.take('kind')) {
      reader.expect('=')
      reader.expect('outer')
    } else break
  }
  const of = [parsePart(reader)]
  while (reader.take(',')) of.push(parsePart(reader))
  return { kind: 'union', fuzzy, of }
}

function parsePart(reader: TokenReader): Query {
  if (!reader.take('(')) return { source: { kind: 'table', name: reader.word('A table') }, steps: [] }
  const query = parsePipeline(reader)
  reader.expect(')')
  return query
}

function parseStep(reader: TokenReader): Step {
  const name = reader.word('An operator')
  switch (name) {
    case 'where':
    case 'filter':
      return { kind: 'where', condition: parseExpression(reader) }
    case 'project':
    case 'extend':
    case 'distinct':
      return { kind: name, columns: parseNamed(reader) }
    case 'order':
    case 'sort':
      reader.expect('by')
      return { kind: 'order', by: parseOrders(reader) }
    case 'take':
    case 'limit':
      return { kind: 'take', count: parseCount(reader) }
    case 'top': {
      const count = parseCount(reader)
      reader.expect('by')
      return { kind: 'top', count, by: parseOrders(reader) }
    }
    case 'count':
      return { kind: 'count' }
    default:
      throw syntax(`The operator "${name}" is not supported here.`)
  }
}

function parseNamed(reader: TokenReader): Named[] {
  const columns = [parseOneNamed(reader, 1)]
  while (reader.take(',')) columns.push(parseOneNamed(reader, columns.length + 1))
  return columns
}

function parseOneNamed(reader: TokenReader, at: number): Named {
  const first = parseExpression(reader)
  if (!reader.take('=')) return { name: nameOf(first) ?? `Column${at}`, value: first }
  if (first.kind !== 'column') throw syntax('A column name is expected before "=".')
  return { name: first.name, value: parseExpression(reader) }
}

/** What a column is called that was given no name, as the service calls it. */
function nameOf(value: Expression): string | undefined {
  if (value.kind === 'column') return value.name
  if (value.kind !== 'member') return undefined
  const of = nameOf(value.of)
  return of && `${of}_${value.name}`
}

function parseOrders(reader: TokenReader): Order[] {
  const orders = [parseOrder(reader)]
  while (reader.take(',')) orders.push(parseOrder(reader))
  return orders
}

/** Descending unless it says otherwise. */
function parseOrder(reader: TokenReader): Order {
  const by = parseExpression(reader)
  const ascending = reader.take('asc')
  if (!ascending) reader.take('desc')
  return { by, descending: !ascending }
}

function parseCount(reader: TokenReader): number {
  const token = reader.next()
  if (token.kind !== 'literal' || token.type !== 'long') throw syntax('A whole number of rows is expected.')
  return Number(token.value)
}
