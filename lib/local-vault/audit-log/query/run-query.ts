import { type Compiled, compile } from './compile'
import { orderOf, textOf } from './operators'
import { semantic } from './query-problem'
import type { Named, Order, Query, Source, Step } from './syntax-tree'
import type { Column, Row, Table, Value } from './table'

/** What a query may name. */
export type Tables = ReadonlyMap<string, Table>

/** `now` is what `now()` and `ago()` go by. */
export function runQuery({ source, steps }: Query, tables: Tables, now: Date): Table {
  return steps.reduce((table, step) => runStep(step, table, now), readSource(source, tables, now))
}

function readSource(source: Source, tables: Tables, now: Date): Table {
  if (source.kind === 'union') return unite(source, tables, now)
  const table = tables.get(source.name)
  if (!table) throw noSuchTable(source.name)
  return table
}

const noSuchTable = (name: string) => semantic(`'${name}' names no table here.`)

/** A fuzzy union leaves out what is not there, unless nothing is. */
function unite({ fuzzy, of }: Source & { kind: 'union' }, tables: Tables, now: Date): Table {
  const known = of.filter(({ source }) => !fuzzy || source.kind !== 'table' || tables.has(source.name))
  if (known.length === 0) throw semantic('None of the tables of the union is here.')
  const parts = known.map((query) => runQuery(query, tables, now))
  const columns: Column[] = []
  for (const column of parts.flatMap((part) => part.columns)) {
    const same = columns.find(({ name }) => name === column.name)
    if (!same) columns.push(column)
    else if (same.type !== column.type)
      throw semantic(`'${column.name}' is ${same.type} in one part of the union and ${column.type} in another.`)
  }
  return { columns, rows: parts.flatMap((part) => part.rows) }
}

function runStep(step: Step, table: Table, now: Date): Table {
  switch (step.kind) {
    case 'where': {
      const condition = compile(step.condition, { columns: table.columns, now })
      if (condition.type !== 'bool' && condition.type !== 'dynamic') throw semantic('where takes a condition.')
      return { ...table, rows: table.rows.filter((row) => condition.run(row) === true) }
    }
    case 'project':
      return project(step.columns, table, now)
    case 'extend':
      return extend(step.columns, table, now)
    case 'order':
      return order(step.by, table, now)
    case 'take':
      return { ...table, rows: table.rows.slice(0, step.count) }
    case 'top': {
      const ordered = order(step.by, table, now)
      return { ...ordered, rows: ordered.rows.slice(0, step.count) }
    }
    case 'distinct':
      return distinct(project(step.columns, table, now))
    case 'count':
      return { columns: [{ name: 'Count', type: 'long' }], rows: [new Map([['Count', table.rows.length]])] }
  }
}

type Made = { name: string; value: Compiled }

function makeColumns(named: Named[], { columns }: Table, now: Date): Made[] {
  return named.map(({ name, value }) => ({ name, value: compile(value, { columns, now }) }))
}

function project(named: Named[], table: Table, now: Date): Table {
  const made = makeColumns(named, table, now)
  const repeated = made.find(({ name }, at) => made.findIndex((each) => each.name === name) !== at)
  if (repeated) throw semantic(`The column '${repeated.name}' is there twice.`)
  return {
    columns: made.map(({ name, value }) => ({ name, type: value.type })),
    rows: table.rows.map((row) => new Map(made.map(({ name, value }): [string, Value] => [name, value.run(row)]))),
  }
}

function extend(named: Named[], table: Table, now: Date): Table {
  const made = makeColumns(named, table, now)
  const others = table.columns.filter(({ name }) => !made.some((each) => each.name === name))
  return {
    columns: [...others, ...made.map(({ name, value }) => ({ name, type: value.type }))],
    rows: table.rows.map((row) => new Map([...row, ...made.map(({ name, value }) => [name, value.run(row)] as const)])),
  }
}

/** Stable; what is missing comes last when descending, first when ascending, as in the service. */
function order(by: Order[], table: Table, now: Date): Table {
  const keys = by.map(({ by: expression, descending }) => ({
    value: compile(expression, { columns: table.columns, now }),
    sign: descending ? -1 : 1,
  }))
  const rows = table.rows.map((row) => ({ row, values: keys.map(({ value }) => value.run(row)) }))
  rows.sort((one, other) => {
    for (const [at, { sign }] of keys.entries()) {
      const compared = compareForOrder(one.values[at] ?? null, other.values[at] ?? null)
      if (compared !== 0) return sign * compared
    }
    return 0
  })
  return { ...table, rows: rows.map(({ row }) => row) }
}

function compareForOrder(one: Value, other: Value): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null)
  return orderOf(one, other) ?? 0
}

function distinct(table: Table): Table {
  const seen = new Set<string>()
  const rows = table.rows.filter((row: Row) => {
    const key = JSON.stringify([...row.values()].map(textOf))
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return { ...table, rows }
}
