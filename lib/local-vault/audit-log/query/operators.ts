import type { Compiled } from './compile'
import { semantic } from './query-problem'
import type { ColumnType, Value } from './table'

type Kind = 'text' | 'number' | 'truth' | 'moment' | 'span' | 'any'

const kinds = {
  string: 'text',
  int: 'number',
  long: 'number',
  real: 'number',
  bool: 'truth',
  datetime: 'moment',
  timespan: 'span',
  dynamic: 'any',
} as const satisfies Record<ColumnType, Kind>

/** Comparisons of text. Those without `_cs` do not look at case. */
const textTests: Record<string, (value: string, wanted: string) => boolean> = {
  '=~': (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  contains: (value, wanted) => value.toLowerCase().includes(wanted.toLowerCase()),
  contains_cs: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.toLowerCase().startsWith(wanted.toLowerCase()),
  startswith_cs: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.toLowerCase().endsWith(wanted.toLowerCase()),
  endswith_cs: (value, wanted) => value.endsWith(wanted),
  has: (value, wanted) => hasTerm(value.toLowerCase(), wanted.toLowerCase()),
  has_cs: hasTerm,
}

/** A term is not part of a longer word of letters and digits. */
function hasTerm(value: string, wanted: string): boolean {
  const isWord = (letter: string) => /[\p{L}\p{N}]/u.test(letter)
  for (let at = value.indexOf(wanted); at >= 0; at = value.indexOf(wanted, at + 1)) {
    const [before, after] = [value.charAt(at - 1), value.charAt(at + wanted.length)]
    const open = isWord(wanted.charAt(0)) && isWord(before)
    if (!open && !(isWord(wanted.at(-1) ?? '') && isWord(after))) return true
    if (wanted === '') return true
  }
  return false
}

export function operatorNamed(name: string, left: Compiled, right: Compiled): Compiled {
  const [one, other] = [kinds[left.type], kinds[right.type]]
  const negated = name === '!~' || (name.startsWith('!') && name !== '!=')
  const test = textTests[name === '!~' ? '=~' : name.replace(/^!(?!=)/, '')]
  if (test) {
    if (one !== 'text' && one !== 'any') throw semantic(`The operator '${name}' compares text.`)
    return { type: 'bool', run: (row) => test(textOf(left.run(row)), textOf(right.run(row))) !== negated }
  }
  if (name === 'and' || name === 'or') return truthOf(name, left, right)
  if (name === '+' || name === '-') return sumOf(name, left, right)
  if (one !== other && one !== 'any' && other !== 'any')
    throw semantic(`Cannot compare values of types ${left.type} and ${right.type}.`)
  return { type: 'bool', run: (row) => compareBy(name, left.run(row), right.run(row)) }
}

function truthOf(name: 'and' | 'or', left: Compiled, right: Compiled): Compiled {
  for (const { type } of [left, right])
    if (type !== 'bool' && type !== 'dynamic') throw semantic(`'${name}' joins conditions, not values of type ${type}.`)
  const run: Compiled['run'] =
    name === 'and'
      ? (row) => left.run(row) === true && right.run(row) === true
      : (row) => left.run(row) === true || right.run(row) === true
  return { type: 'bool', run }
}

/** Numbers, spans of time, and a moment with a span. */
function sumOf(name: '+' | '-', left: Compiled, right: Compiled): Compiled {
  const sign = name === '+' ? 1 : -1
  if (kinds[left.type] === 'moment' && right.type === 'timespan')
    return { type: 'datetime', run: (row) => shift(left.run(row), right.run(row), sign) }
  if (kinds[left.type] !== kinds[right.type] && left.type !== 'long')
    throw semantic(`Cannot add values of types ${left.type} and ${right.type}.`)
  if (!['number', 'span'].includes(kinds[right.type])) throw semantic(`Cannot add values of type ${right.type}.`)
  return { type: right.type, run: (row) => Number(left.run(row)) + sign * Number(right.run(row)) }
}

function shift(moment: Value, span: Value, sign: 1 | -1): Value {
  return moment instanceof Date ? new Date(moment.getTime() + sign * Number(span)) : null
}

function compareBy(name: string, left: Value, right: Value): boolean {
  const order = orderOf(left, right)
  switch (name) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order !== undefined && order < 0
    case '<=':
      return order !== undefined && order <= 0
    case '>':
      return order !== undefined && order > 0
    default:
      return order !== undefined && order >= 0
  }
}

/** Negative, 0, positive; undefined where one is missing or they are of different sorts. */
export function orderOf(left: Value, right: Value): number | undefined {
  const [one, other] = [plain(left), plain(right)]
  if (one === null || other === null || typeof one !== typeof other) return undefined
  return one < other ? -1 : one > other ? 1 : 0
}

function plain(value: Value): string | number | null {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'object') return value === null ? null : JSON.stringify(value)
  return value
}

export function textOf(value: Value): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
