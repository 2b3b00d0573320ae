import { readFileSync } from 'node:fs'
import type { Cluster, RunningConsole } from './cluster'
import type { At } from './officer'
import { request } from './officer'

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${patienceMs / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The names of the calls that the vault holds now. */
export async function heldNames({ vault }: Cluster): Promise<string[]> {
  const answer = (await (await fetch(`${vault.admin.url}/held`)).json()) as { held: { name: string }[] } // our own vault's words
  return answer.held.map(({ name }) => name)
}

export async function release({ vault }: Cluster, name: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${vault.admin.url}/release`, { method: 'POST', headers, body: JSON.stringify({ name }) })
}

/** What a load balancer hears. */
export async function probe(cluster: Cluster, at: At, path: '/healthz' | '/readyz'): Promise<number | 'no answer'> {
  const headers = { host: '10.0.0.7' } // by address, as probes do
  return request(cluster, at, { path, headers }).then(
    ({ status }) => status,
    () => 'no answer' as const,
  )
}

/** One figure of a console's metrics, summed over all labels that hold `labels`. */
export async function metric({ metricsPort }: RunningConsole, name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)))
  return lines.filter((line) => line.includes(labels)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

export interface LogLine {
  time: string
  level: string
  event: string
  requestId?: string
  [field: string]: unknown
}

/** Every line of a console's log; one that is no JSON throws. */
export function logLines({ logFile }: RunningConsole): LogLine[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogLine) // what a line must hold is for the test to say
}
