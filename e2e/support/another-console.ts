import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { freePort } from '../../scripts/lib/free-port.mjs'
import { APPLICATION_ROLE, addressOf } from '../../scripts/lib/postgres-roles.mjs'
import { dataFolder, installation } from './installation'

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(dataFolder(), file), 'utf8'))

const secretsSchema = z.object({ applicationPassword: z.string(), authSecret: z.string(), actionsKey: z.string() })

/** As the running installation's console connects. */
export function databaseAddress(): string {
  const { port } = z.object({ port: z.int() }).parse(read('database.json'))
  const { applicationPassword: password } = secretsSchema.parse(read('secrets.json'))
  return addressOf({ port, user: APPLICATION_ROLE, password, database: 'drawbridge' })
}

/**
 * The settings by which one more console joins the running installation. Also its way into the vaults and their log: its
 * jobs ask them, and what it is told stands on every other console's pages.
 */
function settingsOf(): Record<string, string> {
  const secrets = secretsSchema.parse(read('secrets.json'))
  const { token } = installation()
  return {
    DRAWBRIDGE_LOCAL_CLIENT_ID: token.clientId,
    DRAWBRIDGE_LOCAL_CLIENT_SECRET: token.clientSecret,
    DRAWBRIDGE_LOCAL_TOKEN_URL: token.url,
    DRAWBRIDGE_LOCAL_AUDIT_LOG: path.join(dataFolder(), 'vault', 'audit'),
    DATABASE_URL: databaseAddress(),
    NEXTAUTH_SECRET: secrets.authSecret,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.actionsKey,
    NEXT_MANUAL_SIG_HANDLE: 'true',
    HOST: '127.0.0.1',
  }
}

export interface AnotherConsole {
  port: number
  /** By SIGTERM; answers with its exit code. */
  stop: () => Promise<number | null>
  isRunning: () => boolean
  /** What it has written so far. */
  said: () => string
}

/** One more console process on the run's database, with settings of its own; resolves when it listens. */
export async function startAnotherConsole(
  settingsAt: (port: number) => Record<string, string>,
): Promise<AnotherConsole> {
  const port = await freePort()
  const { PATH = '' } = process.env
  const settings = settingsAt(port)
  const env = {
    PATH,
    ...settingsOf(),
    PORT: String(port),
    NEXTAUTH_URL: settings.DRAWBRIDGE_URL ?? '',
    ...settings,
    NODE_ENV: 'production' as const,
  }
  const child = spawn(process.execPath, ['build/console.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  process.once('exit', () => child.kill('SIGTERM'))
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}\n${said.join('')}`)
  }
  return {
    port,
    stop: () => stop(child),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    said: () => said.join(''),
  }
}

/** Whether somebody listens there; asks again only after a moment. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => setTimeout(() => resolve(false), 100))
  })
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  return child.exitCode
}
