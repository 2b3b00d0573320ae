import 'server-only'
import type { Actor, ConnectionRow } from '../context'
import type { Import, Operation } from '../db/generated/client'

/** An import's intent that is to be closed, by whoever. */
export interface ClosingImport {
  row: Import
  operation: Operation
  connection: ConnectionRow
  /** null: the reconciler. */
  actor: Actor | null
}
