import 'server-only'
import type PgBoss from 'pg-boss'
import type { Transaction } from '../db/transaction'
import type { JobQueue } from './queue'

/** pg-boss's statements on the open transaction: the job is rolled back with it, and seen only after its commit. */
function within(tx: Transaction): PgBoss.Db {
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

/** Sending needs no started pg-boss: it is one INSERT on the caller's transaction. */
export function pgBossQueue(boss: PgBoss): JobQueue {
  return {
    send: async (tx, name, payload, options) => {
      const id = await boss.send(name, payload, {
        db: within(tx),
        ...(options?.startAfter ? { startAfter: options.startAfter } : {}),
      })
      if (id === null) throw new Error(`the job ${name} was not accepted: is its queue there?`)
    },
  }
}
