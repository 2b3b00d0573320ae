import 'server-only'
import PgBoss from 'pg-boss'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { observeJob } from '../metrics/observe'
import { sendOpenOperations } from '../operations/send-open-operations'
import { HANDLERS } from './handlers'
import type { JobName, JobPayloads } from './queue'

const POLL_SECONDS = 2

/** Workers on this database's queues, and a job again for every intent that an earlier process left open. */
export async function startWorkers(ctx: Context, databaseUrl: string): Promise<{ stop: () => Promise<void> }> {
  // Migrations made the queues; here nothing is created.
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'drawbridge-jobs',
    max: 3,
    migrate: false,
    schedule: false,
  })
  boss.on('error', (error) => logFailure(error, { where: 'jobs', requestId: 'none' }))
  await boss.start()
  for (const name of Object.keys(HANDLERS) as JobName[]) await work(boss, ctx, name) // keys of Record<JobName, …>
  await sendOpenOperations(ctx)
  return { stop: () => boss.stop({ graceful: true, timeout: 5_000, wait: true }) }
}

async function work<Name extends JobName>(boss: PgBoss, ctx: Context, name: Name): Promise<void> {
  await boss.work<JobPayloads[Name]>(name, { pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
    for (const { data } of jobs) await observed(name, () => HANDLERS[name](ctx, data))
  })
}

/** pg-boss keeps what a handler throws, and tries again by the queue's rule; here it is counted and told. */
async function observed(job: JobName, run: () => Promise<void>): Promise<void> {
  try {
    await run()
    observeJob(job, 'ok')
  } catch (error) {
    observeJob(job, 'failed')
    logFailure(error, { where: `job ${job}`, requestId: 'none' })
    throw error
  }
}
