/** Types of the query language that a column may have. */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'bool' | 'datetime' | 'timespan' | 'dynamic'

/** Of a timespan, milliseconds; of a dynamic, any JSON. Strings are never null. */
export type Value = string | number | boolean | Date | null | object

export type Column = { name: string; type: ColumnType }
export type Row = ReadonlyMap<string, Value>
export type Table = { columns: readonly Column[]; rows: readonly Row[] }

/** What a column holds where nothing is known. */
export function nothingOf(type: ColumnType): Value {
  return type === 'string' ? '' : null
}
