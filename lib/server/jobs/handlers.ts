import 'server-only'
import type { Context } from '../context'
import { clearExpired } from '../housekeeping/clear-expired'
import { refreshInBackground } from '../inventory/refresh-connection'
import { lookForNotices } from '../notifications/look-for-notices'
import { findConnection } from '../operations/connection-of'
import { reconcileAndAskAgain } from '../operations/reconcile-and-ask-again'
import { evaluateReleases } from '../releases/evaluation/evaluate-releases'
import { logSources } from '../releases/log-sources'
import { readLogs } from '../releases/read-logs'
import type { JobName, JobPayloads } from './queue'

/** What each job does. A job that throws is tried again by its queue's own rule. */
export const HANDLERS: { [Name in JobName]: (ctx: Context, payload: JobPayloads[Name]) => Promise<void> } = {
  'reconcile-operation': (ctx, { operationId }) => reconcileAndAskAgain(ctx, operationId),
  'refresh-connection': async (ctx, { connectionId }) => {
    const connection = await findConnection(ctx.db, connectionId)
    if (connection) await refreshInBackground(ctx, connection)
  },
  'look-for-notices': (ctx) => lookForNotices(ctx),
  'clear-expired': (ctx) => clearExpired(ctx),
  'read-logs': async (ctx) => {
    await readLogs(ctx, logSources())
    await evaluateReleases(ctx)
  },
}
