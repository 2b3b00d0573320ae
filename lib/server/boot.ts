import 'server-only'
import path from 'node:path'
import { database, disconnectDatabase } from './db/client'
import { readMigrationNames } from './db/migrate-list'
import { recordOuterRefusals } from './doors/outer-refusals'
import { drainOnSignals, watchRequests } from './drain'
import { EnvError, env, handOverActionsKey } from './env'
import { startJobs } from './jobs/start-jobs'
import { placesOf } from './log/failure-places'
import { log } from './log/log'
import { serveMetrics } from './metrics/serve-metrics'
import { becomeReady } from './probes/readiness'
import { runtimeContext } from './runtime'

/**
 * Settings, database, jobs. A throw out of Next's `register` would leave a server that answers 500 for ever,
 * so a boot that fails says why in one line and ends the process.
 */
export async function boot(): Promise<void> {
  watchRequests()
  try {
    const { metrics, drainMs } = env()
    handOverActionsKey()
    await database().$queryRaw`SELECT 1`
    recordOuterRefusals(runtimeContext)
    const metricsServer = metrics && (await serveMetrics(runtimeContext(), metrics))
    const jobs = await startJobs()
    drainOnSignals({
      leadMs: drainMs,
      release: async () => {
        metricsServer?.close()
        await jobs.stop()
        await disconnectDatabase()
      },
    })
    becomeReady(runtimeContext(), await readMigrationNames(path.resolve('prisma/migrations')))
    log('info', 'started')
  } catch (error) {
    // Of our own sentences about settings every word may be read; of anybody else's none.
    const words = error instanceof EnvError ? error.message : undefined
    log('error', 'start-failed', { where: 'boot', ...placesOf(error), ...(words ? { words } : {}) })
    process.exit(1)
  }
}
