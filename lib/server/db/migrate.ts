import path from 'node:path'
import pg from 'pg'
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
    const { appliedMigrationNames } = await withSchemaEngine({ url: ownerUrl }, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilter }),
    )
    await grantToApplication(client)
    await installJobStore(client, ownerUrl)
    return appliedMigrationNames
  })
}
