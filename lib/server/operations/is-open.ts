import 'server-only'
import type { Context } from '../context'
import type { OperationStatus } from '../db/generated/client'

/** The status of an act without an outcome: under way, or nobody knows. */
export const OPEN = { in: ['pending', 'indeterminate'] } satisfies { in: OperationStatus[] }

/** Whether the act has no outcome yet. Where it has one, somebody else recorded it, and nothing may be sent for it any more. */
export async function isOpen({ db }: Pick<Context, 'db'>, operationId: string): Promise<boolean> {
  return (await db.operation.count({ where: { id: operationId, status: OPEN } })) > 0
}
