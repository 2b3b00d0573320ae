import 'server-only'
import PgBoss from 'pg-boss'
import { env } from '../env'
import { pgBossQueue } from './pg-boss-queue'
import type { JobQueue } from './queue'

export const JOB_SCHEMA = 'pgboss'

// Next bundles instrumentation and routes apart, so this module may live twice: one queue a process.
const kept = globalThis as typeof globalThis & { drawbridgeQueue?: JobQueue }

/** The sender of this process. It is never started: it opens no connection and runs no worker. */
export function processQueue(): JobQueue {
  kept.drawbridgeQueue ??= pgBossQueue(new PgBoss({ connectionString: env().databaseUrl, schema: JOB_SCHEMA }))
  return kept.drawbridgeQueue
}
