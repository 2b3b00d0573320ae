import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  method: string
  path: string
  authorization: string | undefined
  body: string
}

/** A bare HTTP server that answers by a script: for what a well-behaved vault never does. */
export interface ScriptedVault {
  url: string
  seen: Seen[]
  close: () => Promise<void>
}

type Script = (request: Seen, response: ServerResponse, nth: number) => void

export interface ScriptedVaultOptions {
  resource?: string
  /** The first challenge comes after those that were asked for later. */
  firstChallengeAfterMs?: number
}

export async function scriptedVault(script: Script, options: ScriptedVaultOptions = {}): Promise<ScriptedVault> {
  const seen: Seen[] = []
  let answered = 0
  let challenged = 0
  const server = createServer(async (request, response) => {
    const record = await read(request)
    if (!record.authorization) {
      const resource = options.resource ?? 'https://vault.azure.net'
      response.setHeader('WWW-Authenticate', `Bearer authorization="http://127.0.0.1/tenant", resource="${resource}"`)
      challenged += 1
      if (challenged === 1) await new Promise((resolve) => setTimeout(resolve, options.firstChallengeAfterMs ?? 0))
      return send(response, 401, { error: { code: 'Unauthorized', message: 'AKV10000' } })
    }
    seen.push(record)
    answered += 1
    script(record, response, answered)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-ms-request-id': 'scripted', ...headers })
  response.end(JSON.stringify(body))
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
