import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from '../../../scripts/lib/free-port.mjs'

/** What the provider says of somebody. */
export interface ProviderAccount {
  sub: string
  name: string
  email: string
  groups: string[]
}

export interface RunningProvider {
  issuer: string
  clientId: string
  clientSecret: string
  child: ChildProcess
  stop: () => Promise<void>
}

/**
 * A real OpenID provider on loopback, in a process of its own; it ends with the process that started it. It calls itself
 * `localhost`, so that to a console at 127.0.0.1 it is another site, as any real provider is.
 */
export async function startProvider(
  redirectUri: string,
  accounts: readonly ProviderAccount[],
): Promise<RunningProvider> {
  const [port, clientId, clientSecret] = [await freePort(), 'drawbridge', 'only-for-tests-not-a-secret']
  const settings = JSON.stringify({ port, clientId, clientSecret, redirectUri, accounts })
  const child = spawn(process.execPath, ['lib/testing/oidc/serve-provider.mjs', settings], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await ready(child)
  const stop = () => {
    child.stdin.end()
    return ended
  }
  return { issuer: `http://localhost:${port}`, clientId, clientSecret, child, stop }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      if (/^ready$/m.test(output)) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => reject(new Error(`the provider ended with ${code}\n${output}`)))
  })
}

/** What it says of somebody from now on; also of somebody new. */
export async function sayOf(issuer: string, account: ProviderAccount): Promise<void> {
  const answer = await fetch(`${issuer}/test/accounts`, { method: 'PUT', body: JSON.stringify(account) })
  if (answer.status !== 204) throw new Error(`the provider answered ${answer.status}`)
}
