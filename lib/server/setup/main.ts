import PgBoss from 'pg-boss'
import type { Context } from '../context'
import { createDatabase, type Database } from '../db/client'
import { migrate } from '../db/migrate'
import { type Env, env } from '../env'
import { pgBossQueue } from '../jobs/pg-boss-queue'
import { recordCalls } from '../providers/record-calls'
import { createRegistry } from '../providers/registry'
import { setUp } from './set-up'

// A program, run before the console starts: migrates the database, then sets a local installation up. It ends by itself.

const say = (line: string) => process.stdout.write(`${line}\n`)

function createContext({ databaseUrl, localClient }: Env, db: Database): Context {
  const clock = () => new Date()
  return {
    db,
    channels: [], // an exercise: nobody is written to
    clock,
    newId: () => crypto.randomUUID(),
    // Sends only, inside transactions: a connection of its own is never opened.
    jobs: pgBossQueue(new PgBoss({ connectionString: databaseUrl })),
    provider: createRegistry({
      credentials: { localClient, setting: () => undefined },
      observerOf: (connectionId) => recordCalls({ db, clock }, connectionId),
    }),
  }
}

async function run(): Promise<void> {
  const settings = env()
  const applied = await migrate({ ownerUrl: settings.databaseOwnerUrl })
  if (applied.length > 0) say(`Brought the database up to date (${applied.length} migrations).`)
  if (settings.localInstallation === undefined) return
  const db = createDatabase(settings.databaseUrl)
  try {
    await setUp(createContext(settings, db), settings.localInstallation, say)
  } finally {
    await db.$disconnect()
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
