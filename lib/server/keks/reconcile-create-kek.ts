import 'server-only'
import { connectionOf } from '../operations/connection-of'
import { settleMade } from '../operations/make-key'
import type { Reconcile } from '../operations/reconcile-operation'
import { KEK_MAKING } from './settle-create-kek'

export const reconcileCreateKek: Reconcile = async (ctx, operation) =>
  settleMade(ctx, { operation, connection: await connectionOf(ctx.db, operation), actor: null }, KEK_MAKING)
