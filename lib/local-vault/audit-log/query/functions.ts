import type { Compiled } from './compile'
import { textOf } from './operators'
import { semantic } from './query-problem'
import type { ColumnType, Row, Value } from './table'

type Definition = {
  /** How many values it takes. */
  takes: [least: number, most: number]
  type: ColumnType | ((given: Compiled[]) => ColumnType)
  run(values: Value[], now: Date): Value
}

const text = (value: Value | undefined) => textOf(value ?? null)
const typeOfSecond = (given: Compiled[]): ColumnType => given[1]?.type ?? 'string'

const functions: Record<string, Definition> = {
  not: { takes: [1, 1], type: 'bool', run: ([value]) => value !== true },
  tostring: { takes: [1, 1], type: 'string', run: ([value]) => text(value) },
  tolower: { takes: [1, 1], type: 'string', run: ([value]) => text(value).toLowerCase() },
  toupper: { takes: [1, 1], type: 'string', run: ([value]) => text(value).toUpperCase() },
  toint: { takes: [1, 1], type: 'int', run: ([value]) => toNumber(value, true) },
  tolong: { takes: [1, 1], type: 'long', run: ([value]) => toNumber(value, true) },
  toreal: { takes: [1, 1], type: 'real', run: ([value]) => toNumber(value, false) },
  todouble: { takes: [1, 1], type: 'real', run: ([value]) => toNumber(value, false) },
  tobool: { takes: [1, 1], type: 'bool', run: ([value]) => toTruth(value) },
  todatetime: { takes: [1, 1], type: 'datetime', run: ([value]) => toMoment(value) },
  parse_json: { takes: [1, 1], type: 'dynamic', run: ([value]) => parseJson(value) },
  todynamic: { takes: [1, 1], type: 'dynamic', run: ([value]) => parseJson(value) },
  isempty: { takes: [1, 1], type: 'bool', run: ([value]) => text(value) === '' },
  isnotempty: { takes: [1, 1], type: 'bool', run: ([value]) => text(value) !== '' },
  isnull: { takes: [1, 1], type: 'bool', run: ([value]) => value === null },
  isnotnull: { takes: [1, 1], type: 'bool', run: ([value]) => value !== null },
  coalesce: {
    takes: [2, 8],
    type: (given) => given[0]?.type ?? 'string',
    run: (values) => values.find((value) => value !== null && value !== '') ?? values.at(-1) ?? null,
  },
  iff: { takes: [3, 3], type: typeOfSecond, run: ([is, then, otherwise]) => (is === true ? then : otherwise) ?? null },
  iif: { takes: [3, 3], type: typeOfSecond, run: ([is, then, otherwise]) => (is === true ? then : otherwise) ?? null },
  now: { takes: [0, 0], type: 'datetime', run: (_values, now) => now },
  ago: { takes: [1, 1], type: 'datetime', run: ([span], now) => new Date(now.getTime() - Number(span)) },
}

/** Typed nulls, as `int(null)`. */
const typeNames = ['string', 'int', 'long', 'real', 'bool', 'datetime', 'timespan', 'dynamic'] as const

export function functionNamed(name: string, given: Compiled[], now: Date): Compiled {
  const definition = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!definition) throw semantic(`The function '${name}' is not known here.`)
  const [least, most] = definition.takes
  if (given.length < least || given.length > most)
    throw semantic(`The function '${name}' takes ${least === most ? least : `${least} to ${most}`} values.`)
  const type = typeof definition.type === 'string' ? definition.type : definition.type(given)
  return {
    type,
    run: (row: Row) =>
      definition.run(
        given.map((each) => each.run(row)),
        now,
      ),
  }
}

/** The type whose null `int(null)` and its like write. */
export function nullTypeOf(name: string): ColumnType | undefined {
  return typeNames.find((type) => type === name)
}

function toNumber(value: Value | undefined, whole: boolean): Value {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null
  const number = value === '' ? Number.NaN : Number(value)
  return Number.isNaN(number) ? null : whole ? Math.trunc(number) : number
}

function toTruth(value: Value | undefined): Value {
  const word = text(value).toLowerCase()
  return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : null
}

function toMoment(value: Value | undefined): Value {
  const date = value instanceof Date ? value : new Date(text(value))
  return Number.isNaN(date.getTime()) ? null : date
}

function parseJson(value: Value | undefined): Value {
  if (typeof value !== 'string') return value ?? null
  try {
    const parsed: Value = JSON.parse(value)
    return parsed
  } catch {
    return value
  }
}
