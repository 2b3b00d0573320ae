import { semantic, syntax } from './query-problem'
import type { ColumnType, Value } from './table'

export type Token =
  | { kind: 'word'; text: string }
  | { kind: 'sign'; text: string }
  | { kind: 'literal'; type: ColumnType; value: Value }

const mostTokens = 2_000

/** A query's words, in the order of the alternatives: what looks like two of them is the first. */
const pattern = new RegExp(
  [
    String.raw`(?<space>\s+|//[^\n]*)`,
    String.raw`datetime\(\s*(?<moment>[^)]*?)\s*\)`,
    `[hH]?@(?:"(?<verbatim>[^"]*)"|'(?<verbatimToo>[^']*)')`,
    String.raw`[hH]?"(?<quoted>(?:[^"\\\n]|\\.)*)"`,
    String.raw`[hH]?'(?<single>(?:[^'\\\n]|\\.)*)'`,
    String.raw`(?<span>\d+(?:\.\d+)?(?:days?|d|hours?|hr|h|minutes?|min|m|seconds?|sec|s|ms))\b`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    '(?<word>!?[A-Za-z_][A-Za-z0-9_]*~?)',
    String.raw`(?<sign>==|!=|=~|!~|<=|>=|\.\.|[|,()[\].<>=+-])`,
  ].join('|'),
  'y',
)

export function readTokens(query: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < query.length) {
    const at = pattern.lastIndex
    const groups = pattern.exec(query)?.groups
    if (!groups) throw syntax(`Query could not be parsed at position ${at}.`)
    if (groups.space === undefined) tokens.push(toToken(groups))
    if (tokens.length > mostTokens) throw syntax('The query is too long.')
  }
  return tokens
}

function toToken(groups: Record<string, string | undefined>): Token {
  const { moment, quoted, single, span, number, word, sign } = groups
  const verbatim = groups.verbatim ?? groups.verbatimToo
  const escaped = quoted ?? single
  if (moment !== undefined) return { kind: 'literal', type: 'datetime', value: readMoment(moment) }
  if (verbatim !== undefined) return { kind: 'literal', type: 'string', value: verbatim }
  if (escaped !== undefined) return { kind: 'literal', type: 'string', value: withoutEscapes(escaped) }
  if (span !== undefined) return { kind: 'literal', type: 'timespan', value: readSpan(span) }
  if (number !== undefined)
    return { kind: 'literal', type: number.includes('.') ? 'real' : 'long', value: Number(number) }
  if (word === 'true' || word === 'false') return { kind: 'literal', type: 'bool', value: word === 'true' }
  if (word !== undefined) return { kind: 'word', text: word }
  return { kind: 'sign', text: sign ?? '' }
}

function withoutEscapes(text: string): string {
  const known: Record<string, string> = { n: '\n', t: '\t', r: '\r' }
  return text.replaceAll(/\\(.)/g, (_all, letter: string) => known[letter] ?? letter)
}

function readMoment(text: string): Date {
  const bare = text.replaceAll(/^["']|["']$/g, '')
  const date = new Date(/[zZ]$|[+-]\d\d:\d\d$/.test(bare) || !/\d\d:\d\d/.test(bare) ? bare : `${bare}Z`)
  if (Number.isNaN(date.getTime())) throw semantic('A datetime literal is not valid.')
  return date
}

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const

function readSpan(text: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+)([a-z]+)$/.exec(text) ?? []
  if (unit === 'ms') return Number(amount)
  // The pattern lets no other first letter through.
  return Number(amount) * unitMs[unit.charAt(0) as keyof typeof unitMs]
}
