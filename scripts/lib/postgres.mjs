import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { canEnter, canRun } from './postgres-user.mjs'
import { Problem } from './problem.mjs'
import { identify, isRunning } from './process-identity.mjs'
import { stopProcess } from './stop-process.mjs'

/** @typedef {import('./postgres-binaries.mjs').PostgresBinaries} PostgresBinaries */
/** @typedef {import('./postgres-user.mjs').DatabaseUser} DatabaseUser */
/** @typedef {{ binaries: PostgresBinaries, user: DatabaseUser, folder: string }} Cluster */

export const SUPERUSER = 'postgres'

/** @param {Cluster} cluster */
function assertReachable({ binaries, user, folder }) {
  if (!canRun(binaries.initdb, user)) {
    throw new Problem(
      user.uid === undefined
        ? `PostgreSQL's programs in ${path.dirname(binaries.initdb)} can't be run on this system.`
        : `The database runs as the unprivileged user "${SUPERUSER}", who can't read this checkout (${process.cwd()}): move it out of a private folder such as /root, or start Drawbridge as another user.`,
    )
  }
  if (!canEnter(folder, user)) {
    throw new Problem(
      `The database runs as the unprivileged user "${SUPERUSER}", who can't reach ${folder}: set DRAWBRIDGE_DATA to a folder whose parents that user may pass through.`,
    )
  }
}

/** @param {string} file @param {DatabaseUser} user */
function give(file, user) {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(file, user.uid, user.gid)
}

/** @param {string} program @param {string[]} args @param {DatabaseUser} user @returns {Promise<void>} */
function run(program, args, user) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: { LC_ALL: 'C' } })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Problem(`${path.basename(program)} failed: ${errors.trim().split('\n').at(-1)}`))
    })
  })
}

/**
 * Makes the folder a database cluster unless it is one. Passwords travel by SCRAM only.
 * @param {Cluster & { password: string, quick?: boolean, walFolder?: string }} options `quick`: no fsync, for tests;
 *   `walFolder`: the write-ahead log apart from the tables
 */
export async function initialise({ binaries, user, folder, password, quick = false, walFolder }) {
  if (existsSync(path.join(folder, 'PG_VERSION'))) return
  // What an interrupted first start left behind is no cluster.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  give(folder, user)
  if (walFolder) {
    mkdirSync(walFolder, { mode: 0o700 })
    give(walFolder, user)
  }
  assertReachable({ binaries, user, folder })
  const secretFolder = mkdtempSync(path.join(tmpdir(), 'drawbridge-initdb-'))
  const passwordFile = path.join(secretFolder, 'password')
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    give(passwordFile, user)
    give(secretFolder, user)
    const args = [
      '-D',
      folder,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      ...(walFolder ? [`--waldir=${walFolder}`] : []),
    ]
    await run(binaries.initdb, quick ? [...args, '--no-sync'] : args, user)
  } finally {
    rmSync(secretFolder, { recursive: true, force: true })
  }
}

/** The server's own record of itself. @param {string} folder */
function readPidFile(folder) {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
}

/** The number may belong to somebody else by now: only a PostgreSQL on this very folder counts. @param {number} pid @param {string} folder */
function isServerOf(pid, folder) {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return path.basename(line[0] ?? '').startsWith('postgres') && line.includes(folder)
  } catch {
    return process.platform !== 'linux' // no such process here; elsewhere there is no /proc to ask
  }
}

/** Stops what a killed launcher left running on this folder. @param {string} folder @returns {Promise<boolean>} whether there was something */
export async function stopLeftover(folder) {
  const found = readPidFile(folder)
  if (!found || !Number.isInteger(found.pid) || !isServerOf(found.pid, folder)) return false
  const identity = identify(found.pid)
  if (!isRunning(identity)) return false
  await stopProcess(identity, { signal: 'SIGINT', force: 'SIGQUIT' })
  return true
}

/**
 * Starts the server on loopback and waits until it takes connections.
 * @param {Cluster & { port: number, logFile: string, settings?: Record<string, string | number> }} options
 */
export async function startPostgres({ binaries, user, folder, port, logFile, settings = {} }) {
  assertReachable({ binaries, user, folder })
  const given = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    shared_buffers: '128MB', // only what is used of it is taken
    timezone: 'UTC',
    ...settings,
  }
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'a', 0o600)
  chmodSync(logFile, 0o600)
  // Its own session: Ctrl-C reaches the launcher alone, which stops everything in order.
  const child = spawn(binaries.postgres, ['-D', folder, ...flags], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { LC_ALL: 'C' },
  })
  closeSync(log)
  if (child.pid === undefined) throw new Problem(`PostgreSQL could not be started; see ${logFile}.`)
  const identity = identify(child.pid)
  const deadline = Date.now() + 30_000
  for (let found = readPidFile(folder); !(found?.ready && found.pid === child.pid); found = readPidFile(folder)) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      throw new Problem(`The embedded PostgreSQL did not start; its log ${logFile} says why.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  return { child, identity, stop: () => stopProcess(identity, { signal: 'SIGINT', force: 'SIGQUIT' }) }
}
