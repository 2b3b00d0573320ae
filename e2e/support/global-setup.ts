import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startProvider } from '@/lib/testing/oidc/start-provider'
import { freePort } from '../../scripts/lib/free-port.mjs'
import { PROVIDER_ACCOUNTS, PROVIDER_NAME, ROLE_MAPPING } from './provider'

const PATIENCE = 240_000

/** Runs `npm start`'s program on its own folder and port; resolves when it says that it is ready. */
function start(data: string, port: number, settings: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      DRAWBRIDGE_DATA: data,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      NODE_ENV: 'production',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    let output = ''
    const limit = setTimeout(() => reject(new Error(`The console was not ready in time.\n${output}`)), PATIENCE)
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Drawbridge is ready') && child.pid !== undefined) {
        clearTimeout(limit)
        resolve(child.pid)
      }
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`npm start ended with ${code}.\n${output}`))
    })
  })
}

/** An identity provider beside the installation's own passwords, so that every run has both. */
async function providerFor(consoleUrl: string): Promise<Record<string, string>> {
  const provider = await startProvider(`${consoleUrl}/api/auth/oidc/callback`, PROVIDER_ACCOUNTS)
  process.env.E2E_PROVIDER_PID = String(provider.child.pid)
  process.env.E2E_PROVIDER_ISSUER = provider.issuer
  return {
    DRAWBRIDGE_OIDC_ISSUER: provider.issuer,
    DRAWBRIDGE_OIDC_CLIENT_ID: provider.clientId,
    DRAWBRIDGE_OIDC_CLIENT_SECRET: provider.clientSecret,
    DRAWBRIDGE_OIDC_NAME: PROVIDER_NAME,
    DRAWBRIDGE_OIDC_ROLES: ROLE_MAPPING,
  }
}

/** Nobody listens there until a test does: what is sent meanwhile fails and waits. */
async function webhook(): Promise<Record<string, string>> {
  const secret = randomBytes(32).toString('base64')
  process.env.E2E_WEBHOOK_PORT = String(await freePort())
  process.env.E2E_WEBHOOK_SECRET = secret
  return {
    DRAWBRIDGE_WEBHOOK_URL: `http://127.0.0.1:${process.env.E2E_WEBHOOK_PORT}/hook`,
    DRAWBRIDGE_WEBHOOK_SECRET: `whsec_${secret}`,
  }
}

/**
 * One real installation for the run, as a person would start it. Playwright hands the variables set here to its workers.
 * E2E_DATA and E2E_CONSOLE_URL given from outside name an installation that runs already.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env.E2E_DATA && process.env.E2E_CONSOLE_URL) return
  const parent = mkdtempSync(path.join(tmpdir(), 'drawbridge-e2e-'))
  chmodSync(parent, 0o711) // run as root, the database's own user passes through here
  const port = await freePort()
  const data = path.join(parent, 'data')
  const url = `http://127.0.0.1:${port}`
  process.env.E2E_LAUNCHER_PID = String(await start(data, port, { ...(await providerFor(url)), ...(await webhook()) }))
  process.env.E2E_FOLDER = parent
  process.env.E2E_DATA = data
  process.env.E2E_CONSOLE_URL = url
}
