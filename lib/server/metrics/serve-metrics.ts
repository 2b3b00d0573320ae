import 'server-only'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { collectMetrics } from './collect'

export interface MetricsPlace {
  host: string
  port: number
}

/**
 * Metrics on a port of their own, so that the public one never shows them. Whoever reaches the port may read them: it
 * listens on loopback unless told otherwise, and they name nobody and no key.
 */
export async function serveMetrics(ctx: Pick<Context, 'db' | 'clock'>, { host, port }: MetricsPlace): Promise<Server> {
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (req, res) => {
    answer(ctx, req, res).catch((error: unknown) => {
      logFailure(error, { where: 'metrics', requestId: 'none' })
      res.destroy()
    })
  })
  server.maxConnections = 20
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

async function answer(ctx: Pick<Context, 'db' | 'clock'>, req: IncomingMessage, res: ServerResponse): Promise<void> {
  req.resume()
  if (req.url?.split('?', 1)[0] !== '/metrics') return end(res, 404, 'text/plain', 'Metrics are at /metrics.\n')
  if (req.method !== 'GET' && req.method !== 'HEAD') return end(res, 405, 'text/plain', 'GET reads the metrics.\n')
  const { type, text } = await collectMetrics(ctx)
  end(res, 200, type, req.method === 'HEAD' ? '' : text)
}

function end(res: ServerResponse, status: number, type: string, text: string): void {
  res.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
  res.end(text)
}
