import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startConsole } from '../lib/console.mjs'
import { consoleEnvironment } from '../lib/console-environment.mjs'
import { openDataFolder, readSecrets, type Secrets } from '../lib/data-folder.mjs'
import { type RunningDatabase, startEmbeddedDatabase } from '../lib/database.mjs'
import { freePort } from '../lib/free-port.mjs'
import { describeInstallation } from '../lib/local-installation.mjs'
import { startLocalVault, type VaultDescription } from '../lib/local-vault.mjs'
import { readSettings, type Settings } from '../lib/settings.mjs'
import { ended, startNginx } from './nginx'

export interface LocalOfficer {
  name: string
  email: string
  password: string
  roles: string[]
}

/** One of several consoles. Its data folder is its own; database, secrets and build are everybody's. */
export interface RunningConsole {
  readonly port: number
  readonly metricsPort: number
  readonly logFile: string
  start: () => Promise<void>
  /** SIGKILL to it and whatever it started. */
  kill: () => Promise<void>
  /** SIGTERM; resolves with its exit code. */
  stop: () => Promise<number | null>
}

export interface Cluster {
  /** What people type: the proxy's. */
  readonly url: string
  readonly consoles: readonly [RunningConsole, RunningConsole, RunningConsole]
  readonly officers: readonly LocalOfficer[]
  readonly vault: VaultDescription
  readonly acknowledgedFile: string
  readonly ownerUrl: string
  /** What each of the three set-ups, begun at the same instant on the empty database, said. */
  readonly setUps: readonly string[]
  /** How many of the three found themselves with the first officers' passwords. */
  readonly filesWithOfficers: number
  sql: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
  close: () => Promise<void>
}

type Undo = (() => Promise<unknown> | unknown)[]

export const DRAIN_SECONDS = 2

/** Three consoles of one build behind nginx, on one PostgreSQL and one local vault. */
export async function startCluster(): Promise<Cluster> {
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-consoles-'))
  chmodSync(parent, 0o711) // run as root, the database's own user passes through here
  const undo: Undo = [() => rmSync(parent, { recursive: true, force: true })]
  const close = async () => {
    for (const act of undo.splice(0).reverse()) await act()
  }
  try {
    return { ...(await build(parent, undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function build(parent: string, undo: Undo): Promise<Omit<Cluster, 'close'>> {
  const folders = [1, 2, 3].map((n) => openDataFolder(path.join(parent, `data-${n}`)))
  for (const { release } of folders) undo.push(release)
  const [first, second, third] = folders.map(({ folder }) => folder)
  if (!first || !second || !third) throw new Error('three folders')
  const secrets = readSecrets(first)
  const database = await startEmbeddedDatabase(first, secrets)
  undo.push(database.stop)
  const vault = await startLocalVault(first)
  undo.push(vault.stop)
  const publicPort = await freePort()
  const url = `https://127.0.0.1:${publicPort}`
  const settle = (folder: string) => settleConsole({ folder, url, database, secrets, vault: vault.description }, undo)
  const settled = [await settle(first), await settle(second), await settle(third)] as const
  const setUps = await Promise.all(
    settled.map(({ env }) => runSetUp({ ...env, DATABASE_OWNER_URL: database.ownerUrl })),
  )
  const withOfficers = settled.filter(({ folder }) => officersIn(folder).length > 0)
  const [holder] = withOfficers
  if (!holder) throw new Error(`nobody has the first officers’ passwords:\n${setUps.join('\n')}`)
  describeInstallation(holder.folder, url, vault.description) // from now on one of them knows the local vault, and makes the estate
  await runSetUp({ ...holder.env, DATABASE_OWNER_URL: database.ownerUrl })
  const officers = officersIn(holder.folder)
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 })
  undo.push(() => pool.end())
  const consoles = [settled[0].console, settled[1].console, settled[2].console] as const
  await Promise.all(consoles.map((each) => each.start()))
  const proxy = await startNginx(
    parent,
    consoles.map(({ port }) => port),
    publicPort,
  )
  undo.push(proxy.stop)
  return {
    url,
    consoles,
    officers,
    vault: vault.description,
    acknowledgedFile: path.join(first, 'vault', 'acknowledged.jsonl'),
    ownerUrl: database.ownerUrl,
    setUps,
    filesWithOfficers: withOfficers.length,
    sql: async (text, values = []) => (await pool.query(text, [...values])).rows,
  }
}

interface Shared {
  folder: string
  url: string
  database: RunningDatabase
  secrets: Secrets
  vault: VaultDescription
}

async function settleConsole({ folder, url, database, secrets, vault }: Shared, undo: Undo) {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const given = readSettings({
    PORT: String(port),
    DRAWBRIDGE_DATA: folder,
    DRAWBRIDGE_URL: url,
    DRAWBRIDGE_TRUSTED_PROXIES: '127.0.0.1',
    DRAWBRIDGE_METRICS_PORT: String(metricsPort),
    DRAWBRIDGE_DRAIN_SECONDS: String(DRAIN_SECONDS),
  })
  if (!given.ok) throw new Error('settings of the test’s own')
  const settings: Settings = given.value
  const env = {
    ...consoleEnvironment({ folder, settings, secrets, database, vault }),
    DRAWBRIDGE_TRUSTED_PROXIES: '127.0.0.1',
    DRAWBRIDGE_METRICS_PORT: String(metricsPort),
    DRAWBRIDGE_DRAIN_SECONDS: String(DRAIN_SECONDS),
  }
  mkdirSync(path.join(folder, 'logs'), { recursive: true })
  describeInstallation(folder, url, undefined)
  return { folder, env, console: runnable({ folder, env, settings, metricsPort }, undo) }
}

interface Runnable {
  folder: string
  env: Record<string, string | undefined>
  settings: Settings
  metricsPort: number
}

function runnable({ folder, env, settings, metricsPort }: Runnable, undo: Undo): RunningConsole {
  const { host, port, drainMs } = settings
  let running: ChildProcess | undefined
  const gone = async (act: (child: ChildProcess) => Promise<void>) => {
    const child = running
    running = undefined
    if (child) await act(child)
    return child?.exitCode ?? null
  }
  const kill = async () => {
    await gone((child) => {
      const end = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
      process.kill(-child.pid, 'SIGKILL') // a session of its own: whatever it started goes with it
      return end
    })
  }
  undo.push(kill)
  return {
    port,
    metricsPort,
    logFile: path.join(folder, 'logs', 'console.log'),
    start: async () => {
      running = (await startConsole({ folder, host, port, tls: undefined, env, drainMs })).child
    },
    kill,
    stop: () => gone((child) => ended(child, 'SIGTERM')),
  }
}

const officersIn = (folder: string): LocalOfficer[] =>
  JSON.parse(readFileSync(path.join(folder, 'local.json'), 'utf8')).officers

/** build/setup.mjs as the launcher runs it, with all it says. */
function runSetUp(env: Record<string, string | undefined>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build/setup.mjs'], { env: env as NodeJS.ProcessEnv }) // strings only
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`the set-up ended with ${code}:\n${said}`)),
    )
  })
}
