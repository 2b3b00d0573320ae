import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

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

/**
 * On SIGTERM or SIGINT: stop accepting, let requests in flight finish (ten seconds at most), then `release`, then end.
 * Next's own handling would exit before ours: it must run with NEXT_MANUAL_SIG_HANDLE.
 */
export function drainOnSignals(release: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    const hardLimit = setTimeout(() => process.exit(1), PATIENCE + 2_000)
    hardLimit.unref()
    await Promise.all([...servers].map(drain))
    await release()
    process.exit(0)
  }
  const onSignal = () => {
    stop().catch((error: unknown) => {
      console.error('Stopping went wrong:', error instanceof Error ? error.message : error)
      process.exit(1)
    })
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
