import 'server-only'
import type { Reconcile } from '../operations/reconcile-operation'
import { closingOnRecord } from './closing-import'
import { settleImport } from './settle-import'

export const reconcileImport: Reconcile = async (ctx, operation) =>
  settleImport(ctx, await closingOnRecord(ctx.db, operation))
