import 'server-only'
import type { Context } from '../context'

/** Whether the act has no outcome yet. Where it has one, somebody else recorded it, and nothing may be sent for it any more. */
export async function isOpen({ db }: Pick<Context, 'db'>, operationId: string): Promise<boolean> {
  const where = { id: operationId, status: { in: ['pending' as const, 'indeterminate' as const] } }
  return (await db.operation.count({ where })) > 0
}
