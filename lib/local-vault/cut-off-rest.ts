import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** An announced body of this size is read after its answer, so that the client keeps its connection: more than the usual limit. */
const mostAfterAnswer = 512 * 1024
/** How long a client has to read its answer, once nobody reads what it sends. */
const lingerMs = 500

/**
 * A request that was answered before its body had come (too large, no token) is not read to its end, as Node would: nothing is
 * read any more, and after a moment in which the answer can be read the connection is cut.
 */
export function cutOffRest(server: Server): void {
  const exchanges = new WeakMap<Duplex, Exchange>()
  server.on('request', (incoming, outgoing) => {
    exchanges.set(incoming.socket, { incoming, outgoing })
    outgoing.once('finish', () => {
      // Node has yet to begin with its own reading of the rest.
      if (isLong(incoming)) setImmediate(() => stopReading(incoming))
    })
  })
  // As Node does without a listener, which would then not be heard of here.
  server.on('checkExpectation', (incoming, outgoing) => {
    exchanges.set(incoming.socket, { incoming, outgoing })
    outgoing.writeHead(417).end()
  })
  server.on('clientError', (error, socket) => refuse(error, socket, isAnswered(exchanges.get(socket))))
}

type Exchange = { incoming: IncomingMessage; outgoing: ServerResponse }

/** Whether what is broken is the rest of a request that has its answer: a second one is not written behind it. */
function isAnswered(last: Exchange | undefined): boolean {
  if (!last) return false
  const { incoming, outgoing } = last
  return outgoing.headersSent && !(incoming.complete && outgoing.writableFinished)
}

/** Node's own answers to what is no HTTP; it would cut at once, and the answer could be lost with what is still being sent. */
const refusals: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function refuse(error: NodeJS.ErrnoException, socket: Duplex, answered: boolean): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  socket.pause()
  if (answered) socket.end()
  else socket.end(`HTTP/1.1 ${refusals[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`)
  lingerOn(socket)
}

function isLong(incoming: IncomingMessage): boolean {
  const announced = incoming.headers['content-length']
  return !incoming.complete && (announced === undefined || Number(announced) > mostAfterAnswer)
}

function stopReading({ complete, socket }: IncomingMessage): void {
  if (complete || socket.destroyed) return
  socket.pause()
  lingerOn(socket)
}

function lingerOn(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
