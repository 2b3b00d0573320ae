import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './free-port.mjs'
import { initialise, SUPERUSER, startPostgres } from './postgres.mjs'
import { addressOf, randomSecret } from './postgres-roles.mjs'
import { databaseUser } from './postgres-user.mjs'
import { stopProcess } from './stop-process.mjs'

/** Gives back speed for durability: what is in it lives as long as one run. */
const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }

/**
 * Where the tables' disk may be full. At a checkpoint PostgreSQL also writes small files beside the tables and panics when
 * it can't: there is none while such a cluster lives.
 */
const MAY_FILL = { checkpoint_timeout: '1d', max_wal_size: '4GB' }

/**
 * A disk of its own, as large as said: what is full can be tried. Only root can mount one.
 * @param {string} parent @param {number} megabytes
 */
function mountDisk(parent, megabytes) {
  const disk = path.join(parent, 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', disk])
  return { disk, unmount: () => void execFileSync('umount', [disk]) }
}

/**
 * A PostgreSQL of one's own in a temporary folder, gone after `stop`.
 * @param {import('./postgres-binaries.mjs').PostgresBinaries} binaries
 * @param {{ megabytes?: number, settings?: Record<string, string | number> }} [options] `megabytes`: the tables
 *   on a disk of that size, the write-ahead log elsewhere: without room for it PostgreSQL does not refuse, it stops
 */
export async function startTemporaryCluster(binaries, { megabytes, settings = {} } = {}) {
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-postgres-'))
  chmodSync(parent, 0o711) // passing through is all that the database's user needs
  const mounted = megabytes === undefined ? undefined : mountDisk(parent, megabytes)
  const clear = () => {
    mounted?.unmount()
    rmSync(parent, { recursive: true, force: true })
  }
  const user = databaseUser()
  const disk = mounted?.disk ?? parent
  const folder = path.join(disk, 'data')
  const password = randomSecret()
  const port = await freePort()
  const start = () =>
    startPostgres({
      binaries,
      user,
      folder,
      port,
      logFile: path.join(parent, 'postgres.log'),
      settings: { ...QUICK, ...(mounted ? MAY_FILL : {}), ...settings },
    })
  const walFolder = path.join(parent, 'wal')
  try {
    await initialise({ binaries, user, folder, password, quick: true, ...(mounted ? { walFolder } : {}) })
    let server = await start()
    // However this process ends, its cluster ends with it.
    const quit = () => server.child.kill('SIGQUIT')
    process.once('exit', quit)
    const stop = async () => {
      process.off('exit', quit)
      await server.stop()
      clear()
    }
    /** As a crash stops it: at once, whatever runs. */
    const crash = () => stopProcess(server.identity, { signal: 'SIGQUIT', force: 'SIGKILL' })
    const startAgain = async () => {
      server = await start()
    }
    const superuserUrl = addressOf({ port, user: SUPERUSER, password, database: 'postgres' })
    return { port, password, superuserUrl, disk, crash, startAgain, stop }
  } catch (error) {
    clear()
    throw error
  }
}
