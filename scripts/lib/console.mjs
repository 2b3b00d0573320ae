import http from 'node:http'
import https from 'node:https'
import { startChild } from './children.mjs'
import { portObstacle } from './free-port.mjs'
import { Problem } from './problem.mjs'

/** @param {number} port @param {string} host */
export async function assertPortIsFree(port, host) {
  const obstacle = await portObstacle(port, host)
  if (obstacle === 'in-use')
    throw new Problem(`Port ${port} on ${host} is in use: stop the program that holds it, or set PORT to another one.`)
  if (obstacle === 'forbidden')
    throw new Problem(`Port ${port} may not be opened by this user: set PORT to one above 1023.`)
  if (obstacle === 'no-such-host')
    throw new Problem(`HOST ${host} is no address of this machine: set HOST to one that is, such as 127.0.0.1.`)
}

const reachable = (/** @type {string} */ host) =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host

/**
 * Whether it says that it is ready. Asked by whatever address it listens at, which the certificate may not name.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
function isReady(url) {
  const { get } = url.startsWith('https:') ? https : http
  return new Promise((resolve) => {
    const sent = get(url, { rejectUnauthorized: false, timeout: 5_000, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    sent.once('timeout', () => sent.destroy())
    sent.once('error', () => resolve(false)) // not listening yet: the caller asks again
  })
}

/**
 * Next behind our own front, and a wait until it is ready: database, migrations, jobs.
 * @param {{ folder: string, host: string, port: number, tls: unknown, env: Record<string, string | undefined>, name?: string,
 *   drainMs?: number }} options `name`: of its log, where several share a folder
 */
export async function startConsole({ folder, host, port, tls, env, name = 'console', drainMs = 0 }) {
  const started = startChild({
    folder,
    name,
    patience: drainMs + 14_000,
    args: ['build/console.mjs'],
    env: { ...env, NODE_ENV: 'production', NEXT_MANUAL_SIG_HANDLE: 'true', NEXT_TELEMETRY_DISABLED: '1' },
  })
  const deadline = Date.now() + 60_000
  while (!(await isReady(`${tls ? 'https' : 'http'}://${reachable(host)}:${port}/readyz`))) {
    if (started.child.exitCode !== null || started.child.signalCode !== null || Date.now() > deadline) {
      await started.stop()
      await assertPortIsFree(port, host)
      throw new Problem(`The console did not start; ${started.logFile} says why.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return started
}
