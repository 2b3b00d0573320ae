import 'server-only'
import PgBoss from 'pg-boss'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { sendOpenOperations } from '../operations/send-open-operations'
import { runtimeContext } from '../runtime'
import { HANDLERS } from './handlers'
import type { JobName, JobPayloads } from './queue'
import { sendRefreshes } from './send-refreshes'

const POLL_SECONDS = 2
/** How old the inventory may become by itself. */
const REFRESH_EVERY_MS = 120_000

/** This process's workers. Migrations made the queues; here nothing is created. */
export async function startJobs(): Promise<{ stop: () => Promise<void> }> {
  const boss = new PgBoss({
    connectionString: env().databaseUrl,
    application_name: 'drawbridge-jobs',
    max: 3,
    migrate: false,
    schedule: false,
  })
  boss.on('error', (error) => logFailure(error, { where: 'jobs', requestId: 'none' }))
  await boss.start()
  for (const name of Object.keys(HANDLERS) as JobName[]) await work(boss, name) // keys of Record<JobName, …>
  await sendOpenOperations(runtimeContext())
  await sendRefreshes(runtimeContext())
  const refreshing = setInterval(refreshAll, REFRESH_EVERY_MS).unref()
  return {
    stop: async () => {
      clearInterval(refreshing)
      await boss.stop({ graceful: true, timeout: 5_000, wait: true })
    },
  }
}

async function work<Name extends JobName>(boss: PgBoss, name: Name): Promise<void> {
  await boss.work<JobPayloads[Name]>(name, { pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
    for (const { data } of jobs) await HANDLERS[name](runtimeContext(), data)
  })
}

function refreshAll(): void {
  sendRefreshes(runtimeContext()).catch((error: unknown) =>
    logFailure(error, { where: 'refreshes', requestId: 'none' }),
  )
}
