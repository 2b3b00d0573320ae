import type pg from 'pg'
import PgBoss from 'pg-boss'
import type { JobName } from '../jobs/queue'
import { APPLICATION_ROLE, roleExists } from './migrate-grants'

/** Every queue of the console. Made here, by the owner: a queue is a table of its own, and the application makes none. */
const QUEUES: Record<JobName, Omit<PgBoss.Queue, 'name'>> = {
  'reconcile-operation': { policy: 'standard', retryLimit: 10, retryDelay: 5, retryBackoff: true },
  // `short`: of one key one waits; `standard` would keep a singletonKey and mind nothing.
  'refresh-connection': { policy: 'short', retryLimit: 2, retryDelay: 10 },
  // The next look comes by itself.
  'look-for-notices': { policy: 'standard', retryLimit: 0 },
  'clear-expired': { policy: 'standard', retryLimit: 2, retryDelay: 60 },
  // `stately`: one waits and one runs, in whichever console. A console that died with it lets it go after five minutes.
  'read-logs': { policy: 'stately', retryLimit: 0, expireInSeconds: 300 },
}

const GRANTS = `
  GRANT USAGE ON SCHEMA pgboss TO ${APPLICATION_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${APPLICATION_ROLE};
`

/** pg-boss's own schema and our queues, in the same database, so that a job can join a transaction. Repeats harmlessly. */
export async function installJobStore(client: pg.Client, ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false })
  boss.on('error', () => undefined) // what fails here also rejects the call below
  await boss.start()
  try {
    await boss.createQueue('__pgboss__send-it') // pg-boss's own, for its schedule
    for (const [name, options] of Object.entries(QUEUES)) {
      await boss.createQueue(name, { name, ...options })
      await boss.updateQueue(name, { name, ...options }) // one that is there already is left as it is by the line above
    }
  } finally {
    await boss.stop({ graceful: false, wait: true })
  }
  if (await roleExists(client)) await client.query(GRANTS)
}
