import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '../log/log'
import { type Readiness, readiness } from './readiness'

/** For load balancers and containers, under any Host and without a session. They say yes or no, and nothing else. */
const PROBES: Record<string, () => Promise<Readiness>> = {
  '/healthz': async () => 'ready', // that this runs is the answer
  '/readyz': readiness,
}

export const isProbe = (method: string, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && Object.hasOwn(PROBES, path)

export async function answerProbe(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
  const said = (await PROBES[path]?.()) ?? 'starting'
  noteChange(path, said)
  res.writeHead(said === 'ready' ? 200 : 503, { 'Content-Type': 'text/plain' })
  res.end(req.method === 'HEAD' ? '' : said === 'ready' ? 'ok\n' : 'not ready\n')
}

const lastSaid = new Map<string, Readiness>()

/** Probes come every few seconds: only news is logged. */
function noteChange(path: string, said: Readiness): void {
  const before = lastSaid.get(path) ?? 'ready'
  lastSaid.set(path, said)
  if (before !== said) log(said === 'ready' ? 'info' : 'warn', 'readiness', { route: path, outcome: said })
}
