import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './free-port.mjs'
import { initialise, SUPERUSER, startPostgres } from './postgres.mjs'
import { addressOf, randomSecret } from './postgres-roles.mjs'
import { databaseUser } from './postgres-user.mjs'

/** Gives back speed for durability: what is in it lives as long as one run. */
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }

/**
 * A PostgreSQL of one's own in a temporary folder, gone after `stop`.
 * @param {import('./postgres-binaries.mjs').PostgresBinaries} binaries
 */
export async function startTemporaryCluster(binaries) {
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-postgres-'))
  chmodSync(parent, 0o711) // passing through is all that the database's user needs
  const user = databaseUser()
  const folder = path.join(parent, 'data')
  const password = randomSecret()
  const port = await freePort()
  try {
    await initialise({ binaries, user, folder, password, quick: true })
    const server = await startPostgres({
      binaries,
      user,
      folder,
      port,
      logFile: path.join(parent, 'postgres.log'),
      settings: QUICK,
    })
    // However this process ends, its cluster ends with it.
    const quit = () => server.child.kill('SIGQUIT')
    process.once('exit', quit)
    const stop = async () => {
      process.off('exit', quit)
      await server.stop()
      rmSync(parent, { recursive: true, force: true })
    }
    return { port, password, superuserUrl: addressOf({ port, user: SUPERUSER, password, database: 'postgres' }), stop }
  } catch (error) {
    rmSync(parent, { recursive: true, force: true })
    throw error
  }
}
