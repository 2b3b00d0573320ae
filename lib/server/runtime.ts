import 'server-only'
import type { Context } from './context'
import { database } from './db/client'
import { env } from './env'
import { processQueue } from './jobs/process-queue'
import { channelsSet } from './notifications/channels'
import { providerOf } from './providers/registry'

/** The one wiring of a running console. Tests build their own with `lib/testing/console.ts`. */
export function runtimeContext(): Context {
  return {
    db: database(),
    provider: providerOf,
    jobs: processQueue(),
    channels: channelsSet(env().notices),
    clock: () => new Date(),
    newId: () => crypto.randomUUID(),
  }
}
