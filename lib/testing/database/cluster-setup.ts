import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/lib/server/db/migrate'
import { addressOf, ensureRolesAndDatabase, OWNER_ROLE, randomSecret } from '../../../scripts/lib/postgres-roles.mjs'
import { startTemporaryCluster } from '../../../scripts/lib/temporary-cluster.mjs'
import { binaries } from './binaries'
import { TEMPLATE, type TestCluster } from './test-cluster'

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: TestCluster
  }
}

/** A template nobody may connect to can always be copied. */
async function seal(superuserUrl: string) {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  await client.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`)
  await client.end()
}

/** vitest's global set-up of the integration project: one PostgreSQL for the run, one migrated template in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTemporaryCluster(binaries())
  const { port, superuserUrl } = cluster
  const owner = randomSecret()
  const application = randomSecret()
  await ensureRolesAndDatabase({ port, password: cluster.password, database: TEMPLATE, owner, application })
  await migrate({ ownerUrl: addressOf({ port, user: OWNER_ROLE, password: owner, database: TEMPLATE }) })
  await seal(superuserUrl)
  project.provide('testCluster', { port, superuserUrl, owner, application })
  return cluster.stop
}
