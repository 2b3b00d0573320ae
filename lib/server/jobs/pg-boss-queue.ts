import 'server-only'
import type PgBoss from 'pg-boss'
import type { Statements } from '../db/statements'
import type { JobName, JobPayloads, JobQueue } from './queue'

/** pg-boss's statements on the open transaction: the job is rolled back with it, and seen only after its commit. */
function within(tx: Statements): PgBoss.Db {
  return {
    executeSql: async (text, values) => ({
      rows: await tx.$queryRawUnsafe<unknown[]>(text, ...values.map(asParameter)),
    }),
  }
}

/** node-postgres writes objects as JSON by itself; Prisma's raw parameters want the text. */
function asParameter(value: unknown): unknown {
  const plain = typeof value === 'object' && value !== null && !(value instanceof Date)
  return plain ? JSON.stringify(value) : value
}

/** Of what the queue keeps only one waiting (its policy is `short` then); undefined where every job counts. */
const ONE_WAITING: { [Name in JobName]: ((payload: JobPayloads[Name]) => string) | undefined } = {
  'reconcile-operation': undefined,
  'refresh-connection': ({ connectionId }) => connectionId,
  'look-for-notices': undefined,
  'clear-expired': undefined,
  'read-logs': () => 'all',
}

/** Seconds in which one is enough, however many consoles ask for it; by the database's clock. pg-boss remembers for 12 h. */
const ONCE_IN: { [Name in JobName]?: number } = { 'look-for-notices': 60, 'clear-expired': 12 * 60 * 60 }

/** Sending needs no started pg-boss: it is one INSERT on the caller's transaction. */
export function pgBossQueue(boss: PgBoss): JobQueue {
  return {
    send: async (tx, name, payload, options) => {
      const keyOf = ONE_WAITING[name]
      const onceIn = ONCE_IN[name]
      const id = await boss.send(name, payload, {
        db: within(tx),
        ...(keyOf ? { singletonKey: keyOf(payload) } : {}),
        ...(onceIn ? { singletonSeconds: onceIn } : {}),
        ...(options?.startAfter ? { startAfter: options.startAfter } : {}),
      })
      if (id === null && !keyOf && !onceIn) throw new Error(`the job ${name} was not accepted: is its queue there?`)
    },
  }
}
