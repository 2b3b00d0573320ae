import 'server-only'
import PgBoss from 'pg-boss'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { runBounded } from '../inventory/run-bounded'
import { observeJob } from '../metrics/observe'
import { LOOK_EVERY_MS, sendDueOperations, sendOpenOperations } from '../operations/send-open-operations'
import { HANDLERS } from './handlers'
import type { JobName, JobPayloads } from './queue'

const POLL_SECONDS = 2

interface Pace {
  /** Jobs that one poll takes. */
  batch: number
  atOnce: number
}

/** After a vault's or a console's trouble many intents are open at once: none of them waits behind all others. */
const PACE = {
  'reconcile-operation': { batch: 200, atOnce: 8 },
  'refresh-connection': { batch: 1, atOnce: 1 },
  'look-for-notices': { batch: 1, atOnce: 1 },
  'clear-expired': { batch: 1, atOnce: 1 },
  'read-logs': { batch: 1, atOnce: 1 },
} as const satisfies Record<JobName, Pace>

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
  const looking = setInterval(() => lookAgain(ctx), LOOK_EVERY_MS).unref()
  return {
    stop: () => {
      clearInterval(looking)
      return boss.stop({ graceful: true, timeout: 5_000, wait: true })
    },
  }
}

function lookAgain(ctx: Context): void {
  sendDueOperations(ctx).catch((error: unknown) => logFailure(error, { where: 'due intents', requestId: 'none' }))
}

async function work<Name extends JobName>(boss: PgBoss, ctx: Context, name: Name): Promise<void> {
  const { batch, atOnce } = PACE[name]
  const options = { pollingIntervalSeconds: POLL_SECONDS, batchSize: batch }
  await boss.work<JobPayloads[Name]>(name, options, (jobs) =>
    // One that failed is tried again by the queue's rule; the others of its batch are done.
    runBounded(atOnce, jobs, async ({ id, data }) => {
      if (!(await observed(name, () => HANDLERS[name](ctx, data)))) await boss.fail(name, id)
    }),
  )
}

/** Counted and told; false when it failed. */
async function observed(job: JobName, run: () => Promise<void>): Promise<boolean> {
  try {
    await run()
    observeJob(job, 'ok')
    return true
  } catch (error) {
    observeJob(job, 'failed')
    logFailure(error, { where: `job ${job}`, requestId: 'none' })
    return false
  }
}
