import 'server-only'
import { database, disconnectDatabase } from './db/client'
import { recordOuterRefusals } from './doors/outer-refusals'
import { drainOnSignals, watchRequests } from './drain'
import { env, handOverActionsKey } from './env'
import { startJobs } from './jobs/start-jobs'
import { runtimeContext } from './runtime'

/**
 * Settings, database, jobs. A throw out of Next's `register` would leave a server that answers 500 for ever,
 * so a boot that fails says why in one sentence and ends the process.
 */
export async function boot(): Promise<void> {
  watchRequests()
  try {
    env()
    handOverActionsKey()
    await database().$queryRaw`SELECT 1`
    recordOuterRefusals(runtimeContext)
    const jobs = await startJobs()
    drainOnSignals(async () => {
      await jobs.stop()
      await disconnectDatabase()
    })
  } catch (error) {
    console.error(
      `The console can't start: ${error instanceof Error ? error.message : 'for a reason it does not know'}`,
    )
    process.exit(1)
  }
}
