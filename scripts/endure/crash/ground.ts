import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { buildConsole, bundlePrograms, generateClient, isClientGenerated, isConsoleBuilt } from '../../lib/build.mjs'
import { startConsole } from '../../lib/console.mjs'
import { consoleEnvironment } from '../../lib/console-environment.mjs'
import { openDataFolder, readSecrets } from '../../lib/data-folder.mjs'
import { startEmbeddedDatabase } from '../../lib/database.mjs'
import { freePort } from '../../lib/free-port.mjs'
import { describeInstallation } from '../../lib/local-installation.mjs'
import { startLocalVault } from '../../lib/local-vault.mjs'
import { step } from '../../lib/progress.mjs'
import { readSettings } from '../../lib/settings.mjs'

export interface Officer {
  name: string
  email: string
  password: string
  roles: string[]
}

export interface RunningVault {
  vaults: { name: string; kind: 'azure-key-vault' | 'azure-managed-hsm'; url: string }[]
  token: { url: string; clientId: string; clientSecret: string }
  admin: { url: string }
}

/** An installation by the launcher's own parts, whose console may be killed while everything else goes on. */
export interface Ground {
  url: string
  officers: readonly Officer[]
  vault: RunningVault
  acknowledgedFile: string
  /** The tables' owner, on connections of the test's own. */
  ownerUrl: string
  sql: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
  /** Starts the built console, and resolves when it answers. */
  start: () => Promise<void>
  /** SIGKILL to the console and whatever it started; resolves when it is gone. */
  kill: () => Promise<void>
  /** The last lines of its log. */
  lastWords: () => string
  /** How often it was killed. */
  kills: () => number
  close: () => Promise<void>
}

export async function prepareGround(): Promise<Ground> {
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-crash-'))
  chmodSync(parent, 0o711) // run as root, the database's own user passes through here
  const { folder, release } = openDataFolder(path.join(parent, 'data'))
  const undo: (() => Promise<unknown> | unknown)[] = [() => rmSync(parent, { recursive: true, force: true }), release]
  const close = async () => {
    for (const act of undo.splice(0).reverse()) await act()
  }
  try {
    return { ...(await build(folder, undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function build(folder: string, undo: (() => Promise<unknown> | unknown)[]): Promise<Omit<Ground, 'close'>> {
  if (!isClientGenerated()) await generateClient()
  await bundlePrograms()
  if (!isConsoleBuilt()) await step('Building the console', buildConsole)
  const secrets = readSecrets(folder)
  const database = await startEmbeddedDatabase(folder, secrets)
  undo.push(database.stop)
  const vault = await startLocalVault(folder)
  undo.push(vault.stop)
  const port = await freePort()
  const given = readSettings({ PORT: String(port), DRAWBRIDGE_DATA: folder })
  if (!given.ok) throw new Error('settings of the suite’s own')
  const settings = given.value
  const env = consoleEnvironment({ folder, settings, secrets, database, vault: vault.description })
  const url = env.DRAWBRIDGE_URL ?? ''
  describeInstallation(folder, url, vault.description)
  await runSetUp({ ...env, DATABASE_OWNER_URL: database.ownerUrl })
  const { officers } = JSON.parse(readFileSync(path.join(folder, 'local.json'), 'utf8')) as { officers: Officer[] } // the set-up wrote it
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 })
  undo.push(() => pool.end())

  let running: ChildProcess | undefined
  let kills = 0
  const kill = async () => {
    const child = running
    running = undefined
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL') // its own session: whatever it started goes with it
    kills += 1
    await gone
  }
  undo.push(kill)
  return {
    url,
    officers,
    vault: vault.description,
    acknowledgedFile: path.join(folder, 'vault', 'acknowledged.jsonl'),
    ownerUrl: database.ownerUrl,
    sql: async (text, values = []) => (await pool.query(text, [...values])).rows,
    start: async () => {
      running = (await startConsole({ folder, host: settings.host, port, tls: undefined, env })).child
    },
    kill,
    kills: () => kills,
    lastWords: () =>
      readFileSync(path.join(folder, 'logs', 'console.log'), 'utf8')
        .trim()
        .split('\n')
        .slice(-10)
        .join('\n'),
  }
}

/** Migrations, first officers and the example estate, as `npm start` makes them. */
function runSetUp(env: Record<string, string | undefined>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build/setup.mjs'], { env: env as NodeJS.ProcessEnv, stdio: 'ignore' }) // strings only
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the set-up ended with ${code}`))))
  })
}
