import 'server-only'
import type { Statements } from '../db/statements'

/** Jobs that may be asked for; each is handled by a file of its own beside this one. */
export interface JobPayloads {
  'reconcile-operation': { operationId: string }
  'refresh-connection': { connectionId: string }
  'look-for-notices': Record<string, never>
  'clear-expired': Record<string, never>
  'read-logs': Record<string, never>
}
export type JobName = keyof JobPayloads

export interface JobQueue {
  /** Atomic with the transaction: rolled back with it, run only after its commit. */
  send<Name extends JobName>(
    tx: Statements,
    name: Name,
    payload: JobPayloads[Name],
    options?: { startAfter?: Date },
  ): Promise<void>
}
