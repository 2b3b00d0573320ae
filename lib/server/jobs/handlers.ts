import 'server-only'
import type { Context } from '../context'
import { reconcileAndAskAgain } from '../operations/reconcile-and-ask-again'
import type { JobName, JobPayloads } from './queue'

/** What each job does. A job that throws is tried again by its queue's own rule. */
export const HANDLERS: { [Name in JobName]: (ctx: Context, payload: JobPayloads[Name]) => Promise<void> } = {
  'reconcile-operation': (ctx, { operationId }) => reconcileAndAskAgain(ctx, operationId),
  'refresh-connection': async () => undefined,
}
