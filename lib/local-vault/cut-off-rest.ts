import type { IncomingMessage, Server } from 'node:http'

/** An announced body of this size is read after its answer, so that the client keeps its connection: more than the usual limit. */
const mostAfterAnswer = 512 * 1024
/** How long a client has to read its answer, once nobody reads what it sends. */
const lingerMs = 500

/**
 * A request that was answered before its body had come (too large, no token) is not read to its end, as Node would: nothing is
 * read any more, and after a moment in which the answer can be read the connection is cut.
 */
export function cutOffRest(server: Server): void {
  server.on('request', (incoming, outgoing) => {
    outgoing.once('finish', () => {
      // Node has yet to begin with its own reading of the rest.
      if (isLong(incoming)) setImmediate(() => stopReading(incoming))
    })
  })
}

function isLong(incoming: IncomingMessage): boolean {
  const announced = incoming.headers['content-length']
  return !incoming.complete && (announced === undefined || Number(announced) > mostAfterAnswer)
}

function stopReading({ complete, socket }: IncomingMessage): void {
  if (complete || socket.destroyed) return
  socket.pause()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
