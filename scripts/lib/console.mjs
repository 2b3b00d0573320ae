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

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })).status < 500
  } catch {
    return false // not listening yet: the caller asks again
  }
}

/**
 * `next start`, and a wait until it answers.
 * @param {{ folder: string, host: string, port: number, env: Record<string, string | undefined> }} options
 */
export async function startConsole({ folder, host, port, env }) {
  const args = ['node_modules/next/dist/bin/next', 'start', '-H', host, '-p', String(port)]
  const started = startChild({
    folder,
    name: 'console',
    args,
    env: { ...env, NODE_ENV: 'production', NEXT_MANUAL_SIG_HANDLE: 'true', NEXT_TELEMETRY_DISABLED: '1' },
  })
  const deadline = Date.now() + 60_000
  while (!(await answers(`http://${reachable(host)}:${port}/sign-in`))) {
    if (started.child.exitCode !== null || started.child.signalCode !== null || Date.now() > deadline) {
      await started.stop()
      await assertPortIsFree(port, host)
      throw new Problem(`The console did not start; ${started.logFile} says why.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return started
}
