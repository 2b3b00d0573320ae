import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../scripts/lib/free-port.mjs'

const PATIENCE = 240_000

/** Runs `npm start`'s program on its own folder and port; resolves when it says that it is ready. */
function start(data: string, port: number): Promise<number> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      DRAWBRIDGE_DATA: data,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      NODE_ENV: 'production',
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
  process.env.E2E_LAUNCHER_PID = String(await start(data, port))
  process.env.E2E_FOLDER = parent
  process.env.E2E_DATA = data
  process.env.E2E_CONSOLE_URL = `http://127.0.0.1:${port}`
}
