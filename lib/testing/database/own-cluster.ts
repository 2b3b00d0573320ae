import { createDatabase } from '@/lib/server/db/client'
import { migrate } from '@/lib/server/db/migrate'
import {
  APPLICATION_ROLE,
  addressOf,
  ensureRolesAndDatabase,
  OWNER_ROLE,
  randomSecret,
} from '../../../scripts/lib/postgres-roles.mjs'
import { startTemporaryCluster } from '../../../scripts/lib/temporary-cluster.mjs'
import { binaries } from './binaries'
import type { TestDatabase } from './create-test-database'

const NAME = 'drawbridge'

/** A PostgreSQL that a test may crash, fill and start again; `database.drop` ends all of it. */
export interface OwnCluster {
  database: TestDatabase
  superuserUrl: string
  /** The folder that fills when the disk does: the tables', not the write-ahead log's. */
  disk: string
  crash: () => Promise<void>
  startAgain: () => Promise<void>
}

export async function startOwnCluster(megabytes?: number): Promise<OwnCluster> {
  const settings = { synchronous_commit: 'on', full_page_writes: 'on' } // what was committed outlives a crash
  const options = megabytes === undefined ? { settings } : { settings, megabytes }
  const cluster = await startTemporaryCluster(binaries(), options)
  const { port, password, superuserUrl, disk } = cluster
  const [owner, application] = [randomSecret(), randomSecret()]
  await ensureRolesAndDatabase({ port, password, database: NAME, owner, application })
  const ownerUrl = addressOf({ port, user: OWNER_ROLE, password: owner, database: NAME })
  await migrate({ ownerUrl })
  const url = addressOf({ port, user: APPLICATION_ROLE, password: application, database: NAME })
  const db = createDatabase(url)
  const drop = async () => {
    await db.$disconnect()
    await cluster.stop()
  }
  const crash = async () => void (await cluster.crash())
  return { database: { url, ownerUrl, db, drop }, superuserUrl, disk, crash, startAgain: cluster.startAgain }
}
