import 'server-only'
import { type ImportTarget, importTargetSchema } from '@/lib/domain/imports/target'
import type { Actor, ConnectionRow } from '../context'
import type { Database } from '../db/client'
import type { Import, Operation } from '../db/generated/client'
import { connectionOf } from '../operations/connection-of'
import { type ImportParams, importParamsSchema } from './import-params'

/** An import's intent that is to be closed, by whoever. */
export interface ClosingImport {
  row: Import
  operation: Operation
  connection: ConnectionRow
  /** What `row` says was asked for. */
  target: ImportTarget
  /** What `operation` says of itself. */
  params: ImportParams
  /** null: the reconciler. */
  actor: Actor | null
}

/** The same from the record alone, for the reconciler. */
export async function closingOnRecord(db: Database, operation: Operation): Promise<ClosingImport> {
  if (!operation.importId) throw new Error('an import_key intent always names its import')
  const row = await db.import.findUniqueOrThrow({ where: { id: operation.importId } })
  return {
    row,
    operation,
    connection: await connectionOf(db, operation),
    target: importTargetSchema.parse(row.target),
    params: importParamsSchema.parse(operation.params),
    actor: null,
  }
}
