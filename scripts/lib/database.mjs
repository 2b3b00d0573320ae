import path from 'node:path'
import pg from 'pg'
import { letPass } from './data-folder.mjs'
import { freePort, portObstacle } from './free-port.mjs'
import { initialise, startPostgres } from './postgres.mjs'
import { embeddedBinaries } from './postgres-binaries.mjs'
import { APPLICATION_ROLE, addressOf, ensureRolesAndDatabase, OWNER_ROLE } from './postgres-roles.mjs'
import { databaseUser } from './postgres-user.mjs'
import { readJson, writePrivateJson } from './private-files.mjs'
import { Problem } from './problem.mjs'

/** @typedef {{ url: string, ownerUrl: string, exited?: Promise<unknown>, stop: () => Promise<void> }} RunningDatabase */

const DATABASE = 'drawbridge'

/** Nobody but us depends on this port: it is kept, and given up when somebody else took it. @param {string} folder */
async function choosePort(folder) {
  const file = path.join(folder, 'database.json')
  const kept = readJson(file)?.port
  if (kept && (await portObstacle(kept, '127.0.0.1')) === undefined) return kept
  const port = await freePort()
  writePrivateJson(file, { port })
  return port
}

/** @param {string} folder @param {import('./data-folder.mjs').Secrets} secrets @returns {Promise<RunningDatabase>} */
export async function startEmbeddedDatabase(folder, secrets) {
  const cluster = { binaries: embeddedBinaries(), user: databaseUser(), folder: path.join(folder, 'postgres') }
  letPass(folder, cluster.user)
  await initialise({ ...cluster, password: secrets.superuserPassword })
  const port = await choosePort(folder)
  const server = await startPostgres({ ...cluster, port, logFile: path.join(folder, 'logs', 'postgres.log') })
  const { superuserPassword: password, ownerPassword: owner, applicationPassword: application } = secrets
  await ensureRolesAndDatabase({ port, password, database: DATABASE, owner, application })
  return {
    url: addressOf({ port, user: APPLICATION_ROLE, password: application, database: DATABASE }),
    ownerUrl: addressOf({ port, user: OWNER_ROLE, password: owner, database: DATABASE }),
    exited: new Promise((resolve) => server.child.once('exit', resolve)),
    stop: server.stop,
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000') return 'it refuses the user or the password'
  if (code === '3D000') return 'it has no database of that name'
  return code || (error instanceof Error ? error.message : 'unknown reason')
}

/** @param {string} name the setting @param {string} url */
async function assertAnswers(name, url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
  } catch (cause) {
    const { host, pathname } = new URL(url)
    throw new Problem(`The database of ${name} at ${host}${pathname} does not answer: ${reasonOf(cause)}.`, { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** @param {string} url @param {string | undefined} ownerUrl @returns {Promise<RunningDatabase>} */
export async function connectExternalDatabase(url, ownerUrl = url) {
  await assertAnswers('DATABASE_URL', url)
  if (ownerUrl !== url) await assertAnswers('DATABASE_OWNER_URL', ownerUrl)
  return { url, ownerUrl, stop: async () => undefined }
}
