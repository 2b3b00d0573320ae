import 'server-only'
import type { Context } from './context'
import { database } from './db/client'
import { processQueue } from './jobs/process-queue'
import { providerOf } from './providers/registry'

/** The one wiring of a running console. Tests build their own with `lib/testing/console.ts`. */
export function runtimeContext(): Context {
  return {
    db: database(),
    provider: providerOf,
    jobs: processQueue(),
    clock: () => new Date(),
    newId: () => crypto.randomUUID(),
  }
}
