import 'server-only'
import type { Actor, ConnectionRow } from '../context'
import type { Operation } from '../db/generated/client'

/** An intent that is to be closed, by whoever. */
export interface ClosingOperation {
  operation: Operation
  connection: ConnectionRow
  /** null: the reconciler. */
  actor: Actor | null
}
