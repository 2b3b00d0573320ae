import { randomUUID } from 'node:crypto'
import { createDatabase, type Database } from '@/lib/server/db/client'
import { migrate } from '@/lib/server/db/migrate'
import { embeddedBinaries } from '../../lib/postgres-binaries.mjs'
import { addressOf, ensureRolesAndDatabase, OWNER_ROLE, randomSecret } from '../../lib/postgres-roles.mjs'
import { startTemporaryCluster } from '../../lib/temporary-cluster.mjs'

export interface Ground {
  db: Database
  /** Of a connection that leads to the vault whose logs are read. */
  connectionId: string
  stop: () => Promise<void>
}

/** As an installation has it: what was committed is on disk. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const DATABASE = 'endure_releases'

/** A database of its own with nothing in it but a connection and eight thousand acts of Drawbridge's on its keys. */
export async function startGround(): Promise<Ground> {
  const cluster = await startTemporaryCluster(embeddedBinaries(), { settings: DURABLE })
  const [owner, application] = [randomSecret(), randomSecret()]
  const { port, password } = cluster
  await ensureRolesAndDatabase({ port, password, database: DATABASE, owner, application })
  const ownerUrl = addressOf({ port, user: OWNER_ROLE, password: owner, database: DATABASE })
  await migrate({ ownerUrl })
  const db = createDatabase(ownerUrl)
  const connectionId = await fill(db)
  return {
    ...{ db, connectionId },
    stop: async () => {
      await db.$disconnect()
      await cluster.stop()
    },
  }
}

async function fill(db: Database): Promise<string> {
  const id = randomUUID()
  await db.$executeRaw`
    INSERT INTO connection (id, name, kind, url, environment, credential, created_at, approver_ids)
    VALUES (${id}::uuid, 'busy vault', 'azure_key_vault', 'https://busy.vault.azure.net', 'test', '{}', now(), '{}')`
  await db.$executeRaw`
    INSERT INTO operation (id, kind, connection_id, key_name, actor_id, params, status, started_at, deadline_at, finished_at)
    SELECT gen_random_uuid(), (CASE WHEN g % 2 = 0 THEN 'enable_key' ELSE 'reenable_key' END)::"OperationKind", ${id}::uuid,
      'key-' || g % 500, gen_random_uuid(), '{}', 'succeeded', t.at, t.at, t.at
      FROM generate_series(1, 8000) g, LATERAL (SELECT timestamptz '2025-11-22' + g * interval '1 hour' AS at) t`
  return id
}
