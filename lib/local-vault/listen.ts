import { randomInt } from 'node:crypto'
import type { Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { cutOffRest } from './cut-off-rest'
import { StartError } from './start-error'
import type { ServerTls } from './tls'

export type VaultHttp = { Bindings: HttpBindings }
export type Listener = { server: Server; port: number }

const loopback = '127.0.0.1'
/** Below the range from which systems take the local ports of outgoing connections, so that a kept port stays free. */
const firstPort = 20_000
const lastPort = 30_000
/** Node's 5 s let a client that was busy for a moment write into a connection that was just being closed. */
const keepAliveMs = 120_000

/** What a listener is called in sentences, and what it presents to its clients where it speaks TLS. */
export type Face = { title: string; tls: ServerTls | undefined }

/** Listens on the wanted port of 127.0.0.1, or, when none was ever chosen, on a free one. */
export async function listen(app: Hono<VaultHttp>, wanted: number | undefined, face: Face): Promise<Listener> {
  if (wanted !== undefined) return { server: await listenOn(app, wanted, face), port: wanted }
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(firstPort, lastPort)
    const server = await listenOn(app, port, face).catch(ignorePortInUse)
    if (server) return { server, port }
  }
  throw new StartError('port-in-use', `No free port was found for the local vault's ${face.title}.`)
}

function ignorePortInUse(error: unknown): undefined {
  if (error instanceof StartError && error.code === 'port-in-use') return undefined
  throw error
}

function listenOn(app: Hono<VaultHttp>, port: number, { title, tls }: Face): Promise<Server> {
  // Without `createServer` in its options the adaptor makes a node:http Server; with this one a node:https Server, which has
  // all of its members that are used here.
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    ...(tls && { createServer: createTlsServer, serverOptions: { key: tls.key, cert: tls.cert } }),
  }) as Server
  server.keepAliveTimeout = keepAliveMs
  cutOffRest(server)
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(explain(cause, port, title)))
    server.listen(port, loopback, () => resolve(server))
  })
}

function explain(cause: Error, port: number, what: string): Error {
  if (!('code' in cause) || cause.code !== 'EADDRINUSE') return cause
  return new StartError(
    'port-in-use',
    `Port ${port}, which belongs to the local vault's ${what}, is in use by another program; stop that program and start again.`,
    { cause },
  )
}

/** Stops accepting, lets requests in flight finish for at most `graceMs`, then cuts what is left. */
export async function closeListener(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(cut)
}
