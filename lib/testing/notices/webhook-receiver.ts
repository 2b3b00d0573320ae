import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Manner = 'ok' | 'fail' | 'refuse' | 'hang' | 'reset' | 'redirect'

export interface ReceivedCall {
  id: string
  body: { type: string; timestamp: string; data: { id: string; urgency: string; link: string; facts: unknown } }
  raw: string
  /** Its signature was made with the secret, over exactly these bytes. */
  signed: boolean
}

export interface WebhookReceiver {
  url: string
  secret: Buffer
  /** Every POST that was read to its end, whatever it was answered. */
  calls: ReceivedCall[]
  /** Requests that followed a redirect. */
  followed: number
  /** How the next ones are answered; after them `ok`. */
  next: (...manners: Manner[]) => void
  close: () => Promise<void>
}

const SECRET = Buffer.from('a receiver’s own secret, 32 bytes')

/** A real receiver of Standard Webhooks on loopback, that can behave badly. */
export async function startWebhookReceiver({ port: wanted = 0, secret = SECRET } = {}): Promise<WebhookReceiver> {
  const manners: Manner[] = []
  const receiver = { secret, calls: [] as ReceivedCall[], followed: 0 }
  const server = createServer(async (request, response) => {
    if (request.url !== '/hook') {
      receiver.followed += 1
      return response.end()
    }
    receiver.calls.push(await read(request, secret))
    answer(manners.shift() ?? 'ok', request, response)
  })
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/hook`,
    next: (...more: Manner[]) => void manners.push(...more),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

async function read(request: IncomingMessage, secret: Buffer): Promise<ReceivedCall> {
  let raw = ''
  for await (const chunk of request) raw += String(chunk)
  const [id, timestamp] = [String(request.headers['webhook-id']), String(request.headers['webhook-timestamp'])]
  const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${raw}`).digest('base64')
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
  const signed = fresh && request.headers['webhook-signature'] === `v1,${expected}`
  return { id, raw, signed, body: JSON.parse(raw) }
}

function answer(manner: Manner, request: IncomingMessage, response: ServerResponse): void {
  switch (manner) {
    case 'ok':
      response.writeHead(204).end()
      return
    case 'fail':
      response.writeHead(503).end('a secret of the other side')
      return
    case 'refuse':
      response.writeHead(410).end()
      return
    case 'redirect':
      response.writeHead(307, { location: '/elsewhere' }).end()
      return
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'hang':
      return
  }
}
