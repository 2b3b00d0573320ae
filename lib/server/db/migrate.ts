import path from 'node:path'
import pg from 'pg'
import { SCRIPT_LOCK } from './adapter-whole-script'
import { withSchemaEngine } from './migrate-engine'
import { grantToApplication } from './migrate-grants'
import { installJobStore } from './migrate-jobs'
import { readMigrations } from './migrate-list'

/** "drwb" in ASCII. The engine's own lock waits only 10 s, so the replicas queue up before this one. */
const MIGRATION_LOCK = 0x64727762

export interface MigrateOptions {
  /** A user that may create tables. */
  readonly ownerUrl: string
  /** Default: `prisma/migrations` under the working directory. */
  readonly folder?: string
}

const noFilter = { externalTables: [], externalEnums: [] }

/** Holds the lock on a connection of its own; it ends with that connection, however the process ends. */
async function alone<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'drawbridge-migrate' })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    return await act(client)
  } finally {
    await client.end()
  }
}

/**
 * A migration and its end on record are one transaction (`adapter-whole-script.ts`). So a record without an end is of a
 * script that changed nothing: whoever ran it was killed, or it failed. It is taken back, and the migration run anew.
 * First it waits for a script that the database still goes on with, though nobody is there to be told.
 */
async function forgetInterrupted(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`)
  if (!rows[0]?.exists) return
  await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${SCRIPT_LOCK});
    DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL; COMMIT`)
}

/**
 * Brings the database up to the newest migration and gives the application's user its rights.
 * Safe when several replicas start at once: one migrates, the others wait and find nothing left to do.
 * @returns the names of the migrations that this call applied.
 */
export async function migrate({
  ownerUrl,
  folder = path.resolve('prisma/migrations'),
}: MigrateOptions): Promise<string[]> {
  const migrationsList = await readMigrations(folder)
  return alone(ownerUrl, async (client) => {
    await forgetInterrupted(client)
    const { appliedMigrationNames } = await withSchemaEngine({ url: ownerUrl, recorded: true }, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilter }),
    )
    await grantToApplication(client)
    await installJobStore(client, ownerUrl)
    return appliedMigrationNames
  })
}
