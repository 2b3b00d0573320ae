import 'server-only'
import { inTransaction } from '../db/transaction'
import { logFailure } from '../doors/log-failure'
import { env } from '../env'
import { deliverRounds } from '../notifications/deliver-rounds'
import { runtimeContext } from '../runtime'
import { sendRefreshes } from './send-refreshes'
import { startWorkers } from './start-workers'

/** How old the inventory may become by itself. */
const REFRESH_EVERY_MS = 120_000

/** How often is looked for expiries and silent vaults; of all consoles one looks. */
const LOOK_EVERY_MS = 30_000

/** How often clearing is asked for; it is done twice a day, whoever asks (`ONCE_IN`). */
const CLEAR_EVERY_MS = 60 * 60 * 1000

/** How old the vaults' logs may become here; of all consoles one reads. */
const READ_LOGS_EVERY_MS = 60_000

/** This process's share of the background work. */
export async function startJobs(): Promise<{ stop: () => Promise<void> }> {
  const workers = await startWorkers(runtimeContext(), env().databaseUrl)
  await sendRefreshes(runtimeContext())
  const refreshing = setInterval(refreshAll, REFRESH_EVERY_MS).unref()
  const askForLook = () => askFor('look-for-notices')
  const askForClearing = () => askFor('clear-expired')
  askForLook()
  askForClearing()
  const askForLogs = () => askFor('read-logs')
  askForLogs()
  const looking = setInterval(askForLook, LOOK_EVERY_MS).unref()
  const clearing = setInterval(askForClearing, CLEAR_EVERY_MS).unref()
  const readingLogs = setInterval(askForLogs, READ_LOGS_EVERY_MS).unref()
  const rounds = deliverRounds()
  return {
    stop: async () => {
      clearInterval(refreshing)
      clearInterval(looking)
      clearInterval(clearing)
      clearInterval(readingLogs)
      await rounds.stop()
      await workers.stop()
    },
  }
}

function refreshAll(): void {
  sendRefreshes(runtimeContext()).catch((error: unknown) =>
    logFailure(error, { where: 'refreshes', requestId: 'none' }),
  )
}

function askFor(job: 'look-for-notices' | 'clear-expired' | 'read-logs'): void {
  const { db, jobs } = runtimeContext()
  inTransaction(db, (tx) => jobs.send(tx, job, {})).catch((error: unknown) =>
    logFailure(error, { where: `asking for ${job}`, requestId: 'none' }),
  )
}
