import 'server-only'
import { connectionOf } from '../operations/connection-of'
import type { Reconcile } from '../operations/reconcile-operation'
import { settleImport } from './settle-import'

export const reconcileImport: Reconcile = async (ctx, operation) => {
  if (!operation.importId) throw new Error('an import_key intent always names its import')
  const row = await ctx.db.import.findUniqueOrThrow({ where: { id: operation.importId } })
  return settleImport(ctx, { row, operation, connection: await connectionOf(ctx.db, operation), actor: null })
}
