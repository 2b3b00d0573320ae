import http from 'node:http'
import net from 'node:net'
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline'

/** What befalls a call to the vault: before it arrives, or (`…-after`) once the vault has done it. */
export const VAULT_FAULTS = [
  'reset-before',
  'reset-after',
  'timeout-before',
  'timeout-after',
  'slow-body-after',
  'truncated-after',
  'half-answer-after',
  'status-429',
  'status-503-before',
  'status-500-after',
] as const
export type VaultFault = (typeof VAULT_FAULTS)[number]

export interface VaultProxy {
  /** Goes to the vault's own address, by way of the proxy. */
  httpClient: HttpClient
  /** From now on the n-th call (from 1) meets the fault, and so does each repetition of that very call. */
  arm: (nth: number, fault: VaultFault) => void
  disarm: () => boolean
  close: () => Promise<void>
}

interface Plan {
  nth: number
  fault: VaultFault
  /** Method and address of the call that met it. */
  met: string | undefined
}

/** A real HTTP proxy before the local vaults: what passes is passed whole, and the faults are made on the wire. */
export async function startVaultProxy(): Promise<VaultProxy> {
  let plan: Plan | undefined
  let calls = 0
  const nextFault = (call: string): VaultFault | undefined => {
    if (!plan) return undefined
    if (plan.met !== undefined) return plan.met === call ? plan.fault : undefined
    calls += 1
    if (calls !== plan.nth) return undefined
    plan.met = call
    return plan.fault
  }
  const server = http.createServer((request, response) => {
    pass(request, response, nextFault(`${request.method} ${request.headers.host}${request.url}`)).catch(() =>
      response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo // it listens on a port, not on a pipe
  return {
    httpClient: throughPort(port),
    arm: (nth, fault) => {
      calls = 0
      plan = { nth, fault, met: undefined }
    },
    disarm: () => {
      const met = plan?.met !== undefined
      plan = undefined
      return met
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** The same addresses and Host headers, on connections to another port. */
function throughPort(port: number): HttpClient {
  const client = createDefaultHttpClient()
  const agent = new http.Agent({ keepAlive: false })
  agent.createConnection = () => net.connect(port, '127.0.0.1')
  return {
    sendRequest: (request) => {
      request.agent = agent
      return client.sendRequest(request)
    },
  }
}

interface Reply {
  status: number
  headers: http.OutgoingHttpHeaders
  body: Buffer
}

async function pass(request: http.IncomingMessage, response: http.ServerResponse, fault: VaultFault | undefined) {
  const socket = response.socket
  if (fault === 'reset-before') return socket?.resetAndDestroy()
  if (fault === 'timeout-before') return // never answered: its client gives up
  if (fault === 'status-429') return answer(response, refusal(429, { 'retry-after': '1' }))
  if (fault === 'status-503-before') return answer(response, refusal(503))
  const reply = await forward(request)
  switch (fault) {
    case undefined:
      return answer(response, reply)
    case 'reset-after':
      return socket?.resetAndDestroy()
    case 'timeout-after':
      return
    case 'status-500-after':
      return answer(response, refusal(500))
    case 'half-answer-after':
      return answer(response, { ...reply, body: half(reply.body) })
    case 'slow-body-after':
    case 'truncated-after':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length })
      response.write(half(reply.body))
      if (fault === 'truncated-after') setImmediate(() => socket?.destroy())
  }
}

const half = (body: Buffer): Buffer => body.subarray(0, Math.floor(body.length / 2))

function refusal(status: number, headers: http.OutgoingHttpHeaders = {}): Reply {
  const body = JSON.stringify({ error: { code: 'Planted', message: 'made by the proxy' } })
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(body) }
}

function answer(response: http.ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}

async function forward(request: http.IncomingMessage): Promise<Reply> {
  const { hostname, port } = new URL(`http://${request.headers.host}`)
  const body = await read(request)
  return new Promise((resolve, reject) => {
    const { method, headers } = request
    const call = http.request({ hostname, port, path: request.url, method, headers, agent: false }, (incoming) => {
      const { 'transfer-encoding': _chunked, connection: _kept, ...own } = incoming.headers
      read(incoming).then((bytes) => resolve({ status: incoming.statusCode ?? 0, headers: own, body: bytes }), reject)
    })
    call.once('error', reject)
    call.end(body)
  })
}

async function read(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
