import 'server-only'
import { connectionOf } from '../operations/connection-of'
import type { Reconcile } from '../operations/reconcile-operation'
import { settleRetireKek } from './settle-retire-kek'

export const reconcileRetireKek: Reconcile = async (ctx, operation) =>
  settleRetireKek(ctx, { operation, connection: await connectionOf(ctx.db, operation), actor: null })
