import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../lib/free-port.mjs'
import { APPLICATION_ROLE, addressOf, OWNER_ROLE } from '../../lib/postgres-roles.mjs'
import { makeCheckout } from './checkout.mjs'

/**
 * @typedef {{ url: string, folder: string, checkout: string, pids: { console: number, vault: number, postgres: number },
 *   local: import('../../lib/local-installation.mjs').LocalInstallation, databaseUrl: string, ownerUrl: string }} Installation
 */

/** @type {Promise<Installation> | undefined} */
let running
let stop = async () => undefined

/** Ends what was started, if anything was. */
export const stopInstallation = () => stop()

/** One console for all measurements of a run, as `npm start` starts it; stopped when the run ends. */
export function installation() {
  running ??= start()
  return running
}

/** @returns {Promise<Installation>} */
async function start() {
  const checkout = makeCheckout()
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-bench-'))
  chmodSync(parent, 0o711) // run as root, the database's own user passes through here
  const folder = path.join(parent, 'data')
  const port = await freePort()
  const launcher = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: checkout,
    env: { ...process.env, DRAWBRIDGE_DATA: folder, PORT: String(port), DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stop = async () => {
    const ended = new Promise((resolve) => launcher.once('exit', resolve))
    launcher.kill('SIGTERM')
    await ended
    rmSync(parent, { recursive: true, force: true })
  }
  await ready(launcher)
  return describeInstallation(checkout, folder, port)
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} launcher */
function ready(launcher) {
  return new Promise((resolve, reject) => {
    launcher.stdout.on('data', (chunk) => {
      if (chunk.toString().includes('Drawbridge is ready')) resolve(undefined)
    })
    launcher.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
  })
}

/** @param {string} checkout @param {string} folder @param {number} port @returns {Installation} */
function describeInstallation(checkout, folder, port) {
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
  const secrets = read('secrets.json')
  const database = { port: read('database.json').port, database: 'drawbridge' }
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    checkout,
    pids: {
      console: read('run/console.json').pid,
      vault: read('run/local-vault.json').pid,
      postgres: Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    },
    local: read('local.json'),
    databaseUrl: addressOf({ ...database, user: APPLICATION_ROLE, password: secrets.applicationPassword }),
    ownerUrl: addressOf({ ...database, user: OWNER_ROLE, password: secrets.ownerPassword }),
  }
}

/** What the launcher gave its console, for another one like it. @param {Installation} console_ @returns {Record<string, string>} */
export function environmentOf({ pids }) {
  const entries = readFileSync(`/proc/${pids.console}/environ`, 'utf8').split('\0').filter(Boolean)
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}
