import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createDatabase, type Database } from '@/lib/server/db/client'
import { APPLICATION_ROLE, addressOf, OWNER_ROLE } from '../../../scripts/lib/postgres-roles.mjs'
import { TEMPLATE } from './test-cluster'

export interface TestDatabase {
  /** As the application connects: rows only. */
  readonly url: string
  /** As migrations connect: the owner of every table. */
  readonly ownerUrl: string
  readonly db: Database
  readonly drop: () => Promise<void>
}

async function asSuperuser(sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testCluster').superuserUrl })
  await client.connect()
  try {
    for (const statement of sql) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A freshly migrated, empty database of one's own: a copy of the run's template, made in milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { port, owner, application } = inject('testCluster')
  const database = `test_${randomBytes(8).toString('hex')}`
  await asSuperuser([
    `CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} OWNER ${OWNER_ROLE}`,
    // A database's own rights are not copied with it.
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO ${APPLICATION_ROLE}`,
  ])
  const url = addressOf({ port, user: APPLICATION_ROLE, password: application, database })
  const db = createDatabase(url)
  return {
    url,
    ownerUrl: addressOf({ port, user: OWNER_ROLE, password: owner, database }),
    db,
    drop: async () => {
      await db.$disconnect()
      await asSuperuser([`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`])
    },
  }
}
