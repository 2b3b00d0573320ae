import type { ColumnType, Value } from './table'

export type Expression =
  | { kind: 'literal'; type: ColumnType; value: Value }
  | { kind: 'column'; name: string }
  | { kind: 'member'; of: Expression; name: string }
  | { kind: 'call'; name: string; given: Expression[] }
  | { kind: 'operator'; name: string; left: Expression; right: Expression }
  | { kind: 'in'; of: Expression; list: Expression[]; caseless: boolean; negated: boolean }
  | { kind: 'between'; of: Expression; from: Expression; to: Expression; negated: boolean }

export type Named = { name: string; value: Expression }
export type Order = { by: Expression; descending: boolean }

export type Step =
  | { kind: 'where'; condition: Expression }
  | { kind: 'project'; columns: Named[] }
  | { kind: 'extend'; columns: Named[] }
  | { kind: 'order'; by: Order[] }
  | { kind: 'take'; count: number }
  | { kind: 'top'; count: number; by: Order[] }
  | { kind: 'distinct'; columns: Named[] }
  | { kind: 'count' }

export type Source = { kind: 'table'; name: string } | { kind: 'union'; fuzzy: boolean; of: Query[] }

export type Query = { source: Source; steps: Step[] }
