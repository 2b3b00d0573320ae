import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import { logFailure } from './doors/log-failure'
import { log } from './log/log'
import { beginDraining, isDraining } from './probes/readiness'

const PATIENCE = 10_000
const LOOK_AGAIN = 50

const servers = new Set<Server>()

/**
 * Next keeps its HTTP server to itself; Node's diagnostics channel names it with every request.
 * https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#http
 */
export function watchRequests(): void {
  subscribe('http.server.request.start', (message) => {
    if (typeof message === 'object' && message !== null && 'server' in message) {
      servers.add(message.server as Server) // the channel's documented member
    }
  })
}

function lead(ms: number, hurry: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = setTimeout(resolve, ms)
    hurry.addEventListener('abort', () => {
      clearTimeout(over)
      resolve()
    })
  })
}

/** Stops accepting; resolves when every answer is out, or when patience is. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A kept-alive connection is idle as soon as its answer is out: it would hold the server open.
    const look = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN)
    const done = () => {
      clearInterval(look)
      clearTimeout(limit)
      resolve()
    }
    const limit = setTimeout(done, PATIENCE)
    server.close(done)
  })
}

export interface DrainPlan {
  /** Milliseconds in which /readyz says no and everything is still answered, so that a load balancer sees it and turns away. */
  leadMs: number
  /** What else stands: jobs, database. */
  release: () => Promise<void>
}

/**
 * On SIGTERM or SIGINT: not ready any more, and after the lead stop accepting, let requests in flight finish (ten seconds
 * at most), then `release`, then end. A second signal ends the lead.
 * Next's own handling would exit before ours: it must run with NEXT_MANUAL_SIG_HANDLE.
 */
export function drainOnSignals({ leadMs, release }: DrainPlan): void {
  const hurry = new AbortController()
  const stop = async () => {
    beginDraining()
    log('info', 'draining', { ms: leadMs })
    setTimeout(() => process.exit(1), leadMs + PATIENCE + 2_000).unref()
    await lead(leadMs, hurry.signal)
    await Promise.all([...servers].map(drain))
    await release()
    log('info', 'stopped')
    process.exit(0)
  }
  const onSignal = () => {
    if (isDraining()) return hurry.abort()
    stop().catch((error: unknown) => {
      logFailure(error, { where: 'stopping', requestId: 'none' })
      process.exit(1)
    })
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
