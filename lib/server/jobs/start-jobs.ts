import 'server-only'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { runtimeContext } from '../runtime'
import { sendRefreshes } from './send-refreshes'
import { startWorkers } from './start-workers'

/** How old the inventory may become by itself. */
const REFRESH_EVERY_MS = 120_000

/** This process's share of the background work. */
export async function startJobs(): Promise<{ stop: () => Promise<void> }> {
  const workers = await startWorkers(runtimeContext(), env().databaseUrl)
  await sendRefreshes(runtimeContext())
  const refreshing = setInterval(refreshAll, REFRESH_EVERY_MS).unref()
  return {
    stop: async () => {
      clearInterval(refreshing)
      await workers.stop()
    },
  }
}

function refreshAll(): void {
  sendRefreshes(runtimeContext()).catch((error: unknown) =>
    logFailure(error, { where: 'refreshes', requestId: 'none' }),
  )
}
