import { syntax } from './query-problem'
import type { Expression } from './syntax-tree'
import type { TokenReader } from './token-reader'

const comparisons = new Set([
  ...['==', '!=', '=~', '!~', '<', '<=', '>', '>=', 'has', '!has', 'contains', '!contains', 'contains_cs'],
  ...['startswith', '!startswith', 'startswith_cs', 'endswith', '!endswith', 'endswith_cs', 'has_cs'],
])

/** `or` binds least, then `and`, then comparisons, then `+` and `-`. */
export function parseExpression(reader: TokenReader): Expression {
  return reader.nested(() => parseChain(reader, 'or', () => parseChain(reader, 'and', () => parseComparison(reader))))
}

function parseChain(reader: TokenReader, name: 'or' | 'and', parse: () => Expression): Expression {
  let left = parse()
  while (reader.take(name)) left = { kind: 'operator', name, left, right: parse() }
  return left
}

function parseComparison(reader: TokenReader): Expression {
  const left = parseSum(reader)
  const token = reader.peek()
  const name = token && token.kind !== 'literal' ? token.text : ''
  if (/^!?in~?$/.test(name)) return parseIn(reader, left, name)
  if (name === 'between' || name === '!between') return parseBetween(reader, left)
  if (!comparisons.has(name)) return left
  reader.next()
  return { kind: 'operator', name, left, right: parseSum(reader) }
}

function parseIn(reader: TokenReader, of: Expression, name: string): Expression {
  reader.next()
  reader.expect('(')
  const list = parseList(reader)
  return { kind: 'in', of, list, caseless: name.endsWith('~'), negated: name.startsWith('!') }
}

function parseBetween(reader: TokenReader, of: Expression): Expression {
  const negated = !reader.take('between')
  if (negated) reader.next()
  reader.expect('(')
  const from = parseSum(reader)
  reader.expect('..')
  const to = parseSum(reader)
  reader.expect(')')
  return { kind: 'between', of, from, to, negated }
}

function parseSum(reader: TokenReader): Expression {
  let left = parseMember(reader)
  for (;;) {
    const name = reader.take('+') ? '+' : reader.take('-') ? '-' : undefined
    if (!name) return left
    left = { kind: 'operator', name, left, right: parseMember(reader) }
  }
}

function parseMember(reader: TokenReader): Expression {
  let of = parsePrimary(reader)
  for (;;) {
    if (reader.take('.')) of = { kind: 'member', of, name: reader.word('A member') }
    else if (reader.take('[')) of = { kind: 'member', of, name: parseIndex(reader) }
    else return of
  }
}

function parseIndex(reader: TokenReader): string {
  const token = reader.next()
  if (token.kind !== 'literal' || typeof token.value !== 'string') throw syntax('A member stands in quotes.')
  reader.expect(']')
  return token.value
}

function parsePrimary(reader: TokenReader): Expression {
  if (reader.take('(')) {
    const inner = parseExpression(reader)
    reader.expect(')')
    return inner
  }
  if (reader.take('-')) {
    const zero: Expression = { kind: 'literal', type: 'long', value: 0 }
    return { kind: 'operator', name: '-', left: zero, right: reader.nested(() => parsePrimary(reader)) }
  }
  const token = reader.next()
  if (token.kind === 'literal') return token
  if (token.kind === 'sign') throw syntax(`An expression is expected where "${token.text}" stands.`)
  if (!reader.take('(')) return { kind: 'column', name: token.text }
  return { kind: 'call', name: token.text, given: parseList(reader) }
}

/** What stands up to the closing parenthesis. */
function parseList(reader: TokenReader): Expression[] {
  if (reader.take(')')) return []
  const list = [parseExpression(reader)]
  while (reader.take(',')) list.push(parseExpression(reader))
  reader.expect(')')
  return list
}
