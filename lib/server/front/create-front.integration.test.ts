import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http, { type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '@/lib/testing/tls/make-certificate'
import { trustedProxies } from '../doors/client-address'
import { createFront, type FrontOptions } from './create-front'

// Real sockets, and in Next's place something that remembers what it was told.

const KIB = 1024
let folder: string
let front: Server | undefined
let seen: { headers: IncomingHttpHeaders; bytes: number; failed: boolean }[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-front-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  seen = []
  const closing = front
  front = undefined
  closing?.closeAllConnections()
  if (closing) await new Promise((resolve) => closing.close(resolve))
})

async function remember(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const told = { headers: { ...req.headers }, bytes: 0, failed: false }
  seen.push(told)
  try {
    for await (const chunk of req) told.bytes += chunk.length
  } catch {
    told.failed = true
    return
  }
  res.end('reached\n')
}

/** Listens on a free port, which becomes the public one unless the house says otherwise. */
async function open(changes: Partial<FrontOptions> & { publicUrl?: string; proxies?: string } = {}): Promise<number> {
  const publicUrl = new URL(changes.publicUrl ?? 'http://127.0.0.1')
  const house = { publicUrl, isTrustedProxy: trustedProxies(changes.proxies) }
  front = createFront({ house, handle: remember, ...changes })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const { port } = front.address() as AddressInfo // listening on TCP
  if (!changes.publicUrl) publicUrl.port = String(port)
  return port
}

/** Everything that comes back until the console closes the connection. */
async function exchange(socket: Socket, send: (socket: Socket) => void): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => undefined) // broken while we were still sending: what counts is what came before
  const closed = new Promise((resolve) => socket.once('close', resolve))
  send(socket)
  await closed
  return text
}

const raw = (port: number, text: string) =>
  exchange(net.connect(port, '127.0.0.1'), (socket) => void socket.write(text))

const post = (port: number, headers: string[], body = '', target = '/keks') =>
  raw(
    port,
    [
      `POST ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Origin: http://127.0.0.1:${port}`,
      'Connection: close',
      ...headers,
      '',
      body,
    ].join('\r\n'),
  )

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

describe('a body', () => {
  it('of 256 KiB passes whole, announced or in pieces', async () => {
    const port = await open()
    const body = 'x'.repeat(256 * KIB)
    expect(statusOf(await post(port, [`Content-Length: ${body.length}`], body))).toBe(200)
    const pieces = `${(64 * KIB).toString(16)}\r\n${'x'.repeat(64 * KIB)}\r\n`.repeat(4)
    expect(statusOf(await post(port, ['Transfer-Encoding: chunked'], `${pieces}0\r\n\r\n`))).toBe(200)
    expect(seen.map(({ bytes }) => bytes)).toEqual([256 * KIB, 256 * KIB])
  })

  it('that announces more is refused before a byte of it is read', async () => {
    const port = await open()
    const answer = await post(port, [`Content-Length: ${10 * 1024 ** 3}`])
    expect(statusOf(answer)).toBe(413)
    expect(answer).toContain('"code":"too-large"')
    expect(seen).toEqual([])
  })

  it('that never ends is refused at the limit, is not kept, and reaches nobody as if it were whole', async () => {
    const port = await open()
    const before = process.memoryUsage().rss
    let sent = 0
    const answer = await exchange(net.connect(port, '127.0.0.1'), (socket) => {
      socket.write(
        `POST /keks HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      )
      const piece = `${(64 * KIB).toString(16)}\r\n${'x'.repeat(64 * KIB)}\r\n`
      const more = () => {
        if (socket.destroyed) return
        sent += piece.length
        socket.write(piece, more)
      }
      more()
    })
    expect(statusOf(answer)).toBe(413)
    expect(sent).toBeGreaterThan(256 * KIB)
    expect(seen).toMatchObject([{ failed: true }])
    expect(seen[0]?.bytes).toBeLessThanOrEqual(256 * KIB)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * KIB)
  })

  it('of a sign-in is a form’s, and of a read nothing', async () => {
    const port = await open()
    expect(statusOf(await post(port, [`Content-Length: ${17 * KIB}`], '', '/api/auth/callback/credentials'))).toBe(413)
    const get = (more: string) => raw(port, `GET /keys HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}`)
    expect(statusOf(await get('Content-Length: 5\r\n\r\nhello'))).toBe(413)
    expect(statusOf(await get('Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'))).toBe(413)
    expect(seen).toEqual([])
  })

  it('that waits for leave is refused without it', async () => {
    const port = await open()
    const answer = await post(port, [`Content-Length: ${1024 * KIB}`, 'Expect: 100-continue'])
    expect(statusOf(answer)).toBe(413)
    const admitted = await post(port, ['Content-Length: 2', 'Expect: 100-continue'], 'ok')
    expect(admitted).toContain('100 Continue')
    expect(admitted).toContain('reached')
  })

  it('that dribbles in ends, and so do headers', async () => {
    const port = await open()
    if (front) [front.requestTimeout, front.headersTimeout] = [1_500, 1_000]
    const slowly = (text: string) => exchange(net.connect(port, '127.0.0.1'), (socket) => void socket.write(text))
    const [body, headers] = await Promise.all([
      slowly(
        `POST /keks HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nx`,
      ),
      slowly('GET /keys HTTP/1.1\r\nHost: x\r\nX-Slow: '),
    ])
    expect([statusOf(body), statusOf(headers)]).toEqual([408, 408])
    expect(seen).toMatchObject([{ failed: true }])
  })
})

describe('many bodies at once', () => {
  it('are refused past what memory there is for them, and let in again when others are done', async () => {
    const port = await open({ mostWrites: 2 })
    const hold = async () => {
      const socket = net.connect(port, '127.0.0.1')
      socket.on('error', () => undefined) // closed by the test
      socket.write(
        `POST /keks HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Length: 9\r\n\r\nx`,
      )
      return socket
    }
    const held = [await hold(), await hold()]
    await expect.poll(() => seen.length).toBe(2)
    const refused = await post(port, ['Content-Length: 2'], 'ok')
    expect(statusOf(refused)).toBe(503)
    expect(refused).toContain('Retry-After: 1')
    expect(
      statusOf(await raw(port, `GET /keys HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)),
    ).toBe(200)
    for (const socket of held) socket.destroy()
    await expect.poll(async () => statusOf(await post(port, ['Content-Length: 2'], 'ok'))).toBe(200)
  })
})

describe('what Node itself can’t read', () => {
  it('is answered with the headers all the same', async () => {
    const port = await open()
    const many = await raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Long: ${'x'.repeat(20 * KIB)}\r\n\r\n`)
    const broken = await raw(port, 'NONSENSE\r\n\r\n')
    const twice = await post(port, ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n')
    expect([many, broken, twice].map(statusOf)).toEqual([431, 400, 400])
    for (const answer of [many, broken, twice]) {
      expect(answer).toContain('Cache-Control: no-store')
      expect(answer).toContain("Content-Security-Policy: default-src 'none'")
    }
  })
})

describe('who is let in', () => {
  it('is told who they are, not what they said', async () => {
    const port = await open()
    await post(port, [
      'Content-Length: 0',
      'X-Forwarded-For: 198.51.100.1',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: https',
      'Forwarded: for=198.51.100.1;host=evil.example',
      'X-Drawbridge-Address: 198.51.100.1',
      'X-Drawbridge-Path: /elsewhere',
      'X-Drawbridge-Poll: 1',
      'X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy',
      'X-HTTP-Method-Override: DELETE',
    ])
    const [told] = seen
    expect(told?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-forwarded-host': `127.0.0.1:${port}`,
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '127.0.0.1',
      'x-drawbridge-address': '127.0.0.1',
      'x-drawbridge-poll': '1',
    })
    expect(JSON.stringify(told?.headers)).not.toMatch(/evil|198\.51|elsewhere|subrequest|override/)
  })

  it('comes from where a trusted proxy saw them, and only then', async () => {
    const port = await open({ proxies: '127.0.0.0/8' })
    await post(port, ['Content-Length: 0', 'X-Forwarded-For: 192.0.2.66, 198.51.100.1'])
    expect(seen[0]?.headers['x-drawbridge-address']).toBe('198.51.100.1')
  })

  it('behind a proxy that speaks https belongs to the public origin', async () => {
    const port = await open({ publicUrl: 'https://drawbridge.example.com' })
    const ask = (host: string, origin: string) =>
      raw(
        port,
        `POST /keks HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      )
    const answer = await ask('drawbridge.example.com', 'https://drawbridge.example.com')
    expect(statusOf(answer)).toBe(200)
    expect(answer).toContain('Strict-Transport-Security: max-age=63072000')
    expect(seen[0]?.headers['x-forwarded-proto']).toBe('https')
    expect(statusOf(await ask('drawbridge.example.com', 'http://drawbridge.example.com'))).toBe(403)
    expect(statusOf(await ask(`127.0.0.1:${port}`, 'https://drawbridge.example.com'))).toBe(421)
  })
})

describe('a refusal', () => {
  const ask = (port: number, more: string) =>
    raw(port, `POST /keks HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\n${more}\r\n`)

  it('is a problem, in the type its caller reads', async () => {
    const port = await open()
    const [api, action, person] = [
      await ask(port, ''),
      await ask(port, 'Next-Action: x\r\n'),
      await ask(port, 'Accept: text/html\r\n'),
    ]
    expect(api).toContain('Content-Type: application/json\r\n')
    expect(action).toContain('Content-Type: text/plain\r\n')
    expect(action).toMatch(/\r\n\r\n\{"problem":\{"code":"wrong-origin"/)
    expect(person).toContain('The request did not come from this console.')
    expect([api, action, person].map(statusOf)).toEqual([403, 403, 403])
    expect(seen).toEqual([])
  })
})

describe('its own https', () => {
  it('speaks TLS 1.2 and newer by suites that keep the past secret, and nothing older, nor http', async () => {
    const files = makeCertificate(folder)
    const port = await open({
      publicUrl: 'https://localhost',
      tls: { cert: readFileSync(files.cert), key: readFileSync(files.key) },
    })
    const by = async (version: tls.SecureVersion, ciphers = 'DEFAULT') => {
      const socket = tls.connect({
        port,
        host: '127.0.0.1',
        servername: 'localhost',
        ca: readFileSync(files.cert),
        minVersion: version,
        maxVersion: version,
        // OpenSSL offers what is older only when asked to.
        ciphers: `${ciphers}@SECLEVEL=0`,
      })
      return exchange(socket, (s) => void s.write('GET /keys HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'))
    }
    expect(await by('TLSv1.3')).toContain('reached')
    expect(await by('TLSv1.2')).toContain('reached')
    expect(await by('TLSv1.1')).toBe('')
    expect(await by('TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384')).toContain('reached')
    for (const old of ['ECDHE-ECDSA-AES256-SHA384', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-ECDSA-AES128-SHA256'])
      expect(await by('TLSv1.2', old), old).toBe('')
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')).not.toContain('reached')
  })
})

/** Drawn out over many writes, as Next streams a page. */
const LARGE = 8 * 1024 * KIB

function* pieces() {
  for (let made = 0; made < LARGE; made += 64 * KIB) yield Buffer.alloc(64 * KIB, 'a')
}

async function answerAtLength(_req: IncomingMessage, res: ServerResponse): Promise<void> {
  Readable.from(pieces()).pipe(res)
}

describe.each(['http', 'https'] as const)('an answer over %s', (scheme) => {
  interface Got {
    bytes: number
    chunked: boolean
    whole: boolean
    reused: boolean
  }

  /** One connection, kept: whoever asks next waits for the answer's end, or gets a connection of their own. */
  async function openFor(handle: FrontOptions['handle']) {
    const files = makeCertificate(folder)
    const [cert, key] = [readFileSync(files.cert), readFileSync(files.key)]
    const publicUrl = `${scheme}://localhost`
    const port = await open({ publicUrl, handle, ...(scheme === 'https' ? { tls: { cert, key } } : {}) })
    const kept = { keepAlive: true, maxSockets: 1 }
    const agent = scheme === 'https' ? new https.Agent({ ...kept, ca: cert }) : new http.Agent(kept)
    const { request } = scheme === 'https' ? https : http
    const begin = (method: string) => {
      const headers = { host: 'localhost', origin: publicUrl }
      return request({ host: '127.0.0.1', servername: 'localhost', port, path: '/keys', method, headers, agent })
    }
    const ask = async (method: string, slowly = false): Promise<Got> => {
      const call = begin(method).end()
      const [answer] = (await once(call, 'response')) as [IncomingMessage] // what 'response' carries
      let bytes = 0
      for await (const chunk of answer) {
        bytes += chunk.length
        if (slowly) await nextTurn()
      }
      const chunked = answer.headers['transfer-encoding'] === 'chunked'
      return { bytes, chunked, whole: answer.complete, reused: call.reusedSocket }
    }
    return { ask, begin, end: () => agent.destroy() }
  }

  it('ends, and its connection takes the next request: after an action, a large page, HEAD', async () => {
    const { ask, end } = await openFor((req, res) => (req.method === 'GET' ? answerAtLength : remember)(req, res))
    expect(await ask('POST')).toMatchObject({ bytes: 8, whole: true, reused: false })
    expect(await ask('POST')).toMatchObject({ bytes: 8, whole: true, reused: true })
    expect(await ask('GET')).toEqual({ bytes: LARGE, chunked: true, whole: true, reused: true })
    expect(await ask('GET', true)).toEqual({ bytes: LARGE, chunked: true, whole: true, reused: true })
    expect(await ask('HEAD')).toMatchObject({ bytes: 0, whole: true, reused: true })
    end()
  })

  it('that nobody reads any more ends there, and the next one is whole', async () => {
    const closed: boolean[] = []
    const { ask, begin, end } = await openFor(async (req, res) => {
      res.once('close', () => closed.push(res.writableFinished))
      await answerAtLength(req, res)
    })
    const call = begin('GET').end()
    const [answer] = (await once(call, 'response')) as [IncomingMessage] // what 'response' carries
    await once(answer, 'readable')
    call.destroy()
    await expect.poll(() => closed).toEqual([false])
    expect(await ask('GET')).toMatchObject({ bytes: LARGE, whole: true, reused: false })
    end()
  })
})

describe('a request’s id', () => {
  const idOf = (answer: string) => /^X-Request-Id: (\S+)\r$/m.exec(answer)?.[1]
  const GIVEN = '4bf92f3577b34da6a3ce929d0e0e4736'

  it('is ours, new with every answer, and a stranger’s is not taken', async () => {
    const port = await open()
    const answers = [
      await post(port, ['Content-Length: 0', `X-Request-Id: ${GIVEN}`]),
      await post(port, ['Content-Length: 0', `X-Request-Id: ${GIVEN}`]),
      await raw(port, `POST / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`),
    ]
    const ids = answers.map(idOf)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(answers[2]).toContain(`"requestId":"${ids[2]}"`)
  })

  it('is a trusted proxy’s, where one gave it', async () => {
    const port = await open({ proxies: '127.0.0.1' })
    expect(idOf(await post(port, ['Content-Length: 0', `X-Request-Id: ${GIVEN}`]))).toBe(GIVEN)
  })
})

describe('a probe', () => {
  const probe = (port: number, path: string, more = '') =>
    raw(port, `GET ${path} HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n${more}\r\n`)

  it('is answered under any Host, without Next, with a word and no reason', async () => {
    const port = await open()
    const [alive, ready] = [await probe(port, '/healthz'), await probe(port, '/readyz')]
    expect([statusOf(alive), statusOf(ready)]).toEqual([200, 503]) // nothing was booted behind this front
    expect(ready).toMatch(/\r\n\r\n(?:[0-9a-f]+\r\n)?not ready\n/)
    for (const answer of [alive, ready]) {
      expect(answer).toContain('Cache-Control: no-store')
      expect(answer).not.toMatch(/starting|database|migration/)
    }
    expect(seen).toEqual([])
  })

  it('carries no body and changes nothing', async () => {
    const port = await open()
    expect(statusOf(await post(port, ['Content-Length: 0'], '', '/readyz'))).toBe(200) // Next's: to it, no route
    expect(statusOf(await probe(port, '/healthz', 'Content-Length: 5\r\n\r\nhello'))).toBe(413)
    expect(seen).toHaveLength(1)
  })
})
