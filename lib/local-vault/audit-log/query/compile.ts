import { functionNamed, nullTypeOf } from './functions'
import { operatorNamed } from './operators'
import { semantic } from './query-problem'
import type { Expression } from './syntax-tree'
import { type Column, type ColumnType, nothingOf, type Row, type Value } from './table'

/** An expression over the rows of one table: its type is known before there is a row. */
export type Compiled = { type: ColumnType; run(row: Row): Value }

export type Scope = { columns: readonly Column[]; now: Date }

export function compile(expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'literal':
      return { type: expression.type, run: () => expression.value }
    case 'column':
      return compileColumn(expression.name, scope)
    case 'member':
      return compileMember(compile(expression.of, scope), expression.name)
    case 'call':
      return compileCall(expression, scope)
    case 'operator':
      return operatorNamed(expression.name, compile(expression.left, scope), compile(expression.right, scope))
    case 'in':
      return compileIn(expression, scope)
    case 'between': {
      const of = compile(expression.of, scope)
      const from = operatorNamed('>=', of, compile(expression.from, scope))
      const to = operatorNamed('<=', of, compile(expression.to, scope))
      return { type: 'bool', run: (row) => (from.run(row) === true && to.run(row) === true) !== expression.negated }
    }
  }
}

function compileColumn(name: string, { columns }: Scope): Compiled {
  const column = columns.find((each) => each.name === name)
  if (!column) throw semantic(`'${name}' names no column or function.`)
  return { type: column.type, run: (row) => row.get(name) ?? nothingOf(column.type) }
}

function compileMember(of: Compiled, name: string): Compiled {
  if (of.type !== 'dynamic') throw semantic(`Only a dynamic value has members such as '${name}'.`)
  return {
    type: 'dynamic',
    run(row) {
      const value = of.run(row)
      if (typeof value !== 'object' || value === null || value instanceof Date || !Object.hasOwn(value, name))
        return null
      const member: Value | undefined = Reflect.get(value, name)
      return member ?? null
    },
  }
}

function compileCall({ name, given }: Expression & { kind: 'call' }, scope: Scope): Compiled {
  const nullType = nullTypeOf(name)
  if (nullType && isNullWord(given)) return { type: nullType, run: () => nothingOf(nullType) }
  if (name !== 'column_ifexists' && name !== 'columnifexists')
    return functionNamed(
      name,
      given.map((each) => compile(each, scope)),
      scope.now,
    )
  const [column, instead] = given
  if (column?.kind !== 'literal' || typeof column.value !== 'string' || !instead || given.length !== 2)
    throw semantic(`${name} takes a column's name in quotes and what stands for it.`)
  const wanted = column.value
  const exists = scope.columns.some((each) => each.name === wanted)
  return exists ? compileColumn(wanted, scope) : compile(instead, scope)
}

function isNullWord([only, ...more]: Expression[]): boolean {
  return only?.kind === 'column' && only.name === 'null' && more.length === 0
}

function compileIn({ of, list, caseless, negated }: Expression & { kind: 'in' }, scope: Scope): Compiled {
  const value = compile(of, scope)
  const tests = list.map((each) => operatorNamed(caseless ? '=~' : '==', value, compile(each, scope)))
  return { type: 'bool', run: (row) => tests.some((test) => test.run(row) === true) !== negated }
}
