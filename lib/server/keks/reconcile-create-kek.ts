import 'server-only'
import { connectionOf } from '../operations/connection-of'
import type { Reconcile } from '../operations/reconcile-operation'
import { settleCreateKek } from './settle-create-kek'

export const reconcileCreateKek: Reconcile = async (ctx, operation) =>
  settleCreateKek(ctx, { operation, connection: await connectionOf(ctx.db, operation), actor: null })
