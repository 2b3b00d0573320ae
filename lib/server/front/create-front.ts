import 'server-only'
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { clientAddress } from '../doors/client-address'
import { logFailure } from '../doors/log-failure'
import { tellOuterRefusal } from '../doors/outer-refusals'
import { withinRequest } from '../log/current-request'
import { REQUEST_ID_HEADER, requestIdFor } from '../log/request-id'
import { answerProbe, isProbe } from '../probes/answer-probe'
import { isDraining } from '../probes/readiness'
import { admit, type Refusal } from './admit'
import { fixedHeaders } from './fixed-headers'
import type { House } from './house'
import { announcesTooMuch, bodyLimitOf, limitBody } from './limit-body'
import { givePagePolicy } from './page-policy'
import { refuse } from './refuse'
import { retell } from './retell'
import { watchAnswer } from './watch-answer'

/** PEM. */
export interface Tls {
  cert: string | Buffer
  key: string | Buffer
}

export interface FrontOptions {
  house: House
  tls?: Tls | undefined
  /** What answers whoever was let in: Next. */
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** The route that a path belongs to, as metrics and log name it. */
  patternOf?: (path: string) => string
  /** Requests with a body at once, whoever sends them. */
  mostWrites?: number
}

/** Times what each may carry, this is the memory that strangers can make us hold. */
const MOST_WRITES = 500

/** A request that dribbles in holds a connection this long and no longer. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
  // Longer than reverse proxies keep theirs, so that it is they who close.
  keepAliveTimeout: 75_000,
} as const
/** Forward secrecy and authenticated encryption only, the stronger first; Node's own list would take RSA key exchange too. */
const STRONG = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
} as const
const MOST_CONNECTIONS = 2_000
/** Nothing was sent or read on a connection for so long: nobody is there. */
const SILENCE_MS = 120_000

/** The one way in. Everything that can be refused without knowing who asks is refused here, before Next sees it. */
export function createFront(options: FrontOptions): Server {
  const { house, tls, handle, patternOf = () => 'unknown', mostWrites = MOST_WRITES } = options
  let writes = 0
  const enter = (req: IncomingMessage, res: ServerResponse, letContinue?: () => void) => {
    const path = req.url?.split('?', 1)[0] ?? ''
    const request = { requestId: requestIdFor(req.headers[REQUEST_ID_HEADER], isFromProxy(req, house)) }
    withinRequest(request, () => {
      for (const [name, value] of Object.entries(fixedHeaders(house, path))) res.setHeader(name, value)
      res.setHeader('X-Request-Id', request.requestId)
      if (isDraining()) res.setHeader('Connection', 'close')
      const method = req.method ?? ''
      if (!isProbe(method, path)) watchAnswer(res, { method, route: patternOf(path), request })
      const tooMuch = () => refuseAndTell(req, res, TOO_LARGE, path, request.requestId)
      const refusal = judge(req, path, house)
      if (refusal) return refuseAndTell(req, res, refusal, path, request.requestId)
      const limit = bodyLimitOf(method, path)
      if (limit > 0) {
        if (writes >= mostWrites) return refuseAndTell(req, res, TOO_MANY, path, request.requestId)
        writes += 1
        res.once('close', () => {
          writes -= 1
        })
      }
      limitBody(req, limit, tooMuch)
      retell(req, house)
      givePagePolicy(req, res)
      letContinue?.()
      const answer = isProbe(method, path) ? answerProbe(req, res, path) : handle(req, res)
      answer.catch((error: unknown) => {
        logFailure(error, { where: 'front', requestId: request.requestId })
        res.destroy()
      })
    })
  }
  const listener = (req: IncomingMessage, res: ServerResponse) => enter(req, res)
  const server = tls
    ? https.createServer({ ...LIMITS, ...tls, ...STRONG }, listener)
    : http.createServer(LIMITS, listener)
  server.maxConnections = MOST_CONNECTIONS
  server.timeout = SILENCE_MS
  server.on('checkContinue', (req, res) => enter(req, res, () => res.writeContinue()))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnreadable(error, socket, house))
  return server
}

const TOO_LARGE: Refusal = { ok: false, status: 413, code: 'too-large' }
const TOO_MANY: Refusal = { ok: false, status: 503, code: 'rate-limited', headers: { 'Retry-After': '1' } }

function judge(req: IncomingMessage, path: string, house: House): Refusal | undefined {
  const method = req.method ?? ''
  const hosts = req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
  const admission = admit({ method, target: req.url ?? '', headers: req.headers, hosts }, house)
  if (!admission.ok) return admission
  return announcesTooMuch(req, bodyLimitOf(method, path)) ? TOO_LARGE : undefined
}

function isFromProxy({ socket }: IncomingMessage, { isTrustedProxy }: House): boolean {
  const peer = clientAddress(socket.remoteAddress, undefined, () => false)
  return peer !== 'unknown' && isTrustedProxy(peer)
}

function refuseAndTell(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: Refusal,
  path: string,
  requestId: string,
): void {
  const cookie = req.headers.cookie
  if (refusal.code === 'wrong-origin' && cookie)
    tellOuterRefusal({ cookie, code: refusal.code, method: req.method ?? '', path, requestId })
  refuse(req, res, refusal, requestId)
}

const STATUS_OF: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Node could not read it as a request: there is none to answer, only a connection. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket | NodeJS.WritableStream, house: House): void {
  if (!('destroySoon' in socket)) return
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroySoon()
    return
  }
  const headers = { ...fixedHeaders(house, ''), 'Content-Length': '0', Connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${STATUS_OF[error.code ?? ''] ?? '400 Bad Request'}\r\n${lines.join('\r\n')}\r\n\r\n`, () =>
    socket.destroySoon(),
  )
}
