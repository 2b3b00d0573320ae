import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { ActionResult, ProblemCode } from '@/lib/domain/actions/action-result'
import { actionRequest, findAction } from '../bench/support/action-request.mjs'
import type { Cluster, LocalOfficer } from './cluster'

/** null: nothing came that a client could make sense of. */
export type Told = ActionResult<unknown> | null

export interface Answered {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** One console by its number, or the proxy before them all. */
export type At = 0 | 1 | 2 | 'proxy'

export interface Sent {
  at: At
  idempotencyKey?: string
}

/** Somebody who is signed in, at whichever console. */
export interface OfficerClient {
  readonly cookies: ReadonlyMap<string, string>
  get: (path: string, at: At) => Promise<Answered>
  /** An exported action of the build by name; a proof of presence is given where one is asked for. */
  act: (action: string, input: unknown, sent: Sent) => Promise<Told>
  /** The same without giving a proof, and with the answer as it came. */
  post: (action: string, input: unknown, sent: Sent) => Promise<Answered>
  signOut: (at: At) => Promise<Answered>
}

export async function signInAt(cluster: Cluster, officer: LocalOfficer, at: At): Promise<OfficerClient> {
  const cookies = new Map<string, string>()
  const cookieOf = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (method: string, path: string, to: At, more: Partial<Request> = {}): Promise<Answered> => {
    const answered = await request(cluster, to, {
      method,
      path,
      ...more,
      headers: { cookie: cookieOf(), ...more.headers },
    })
    for (const line of answered.headers['set-cookie'] ?? []) keep(cookies, line)
    return answered
  }
  const form = async (path: string, to: At, fields: Record<string, string>): Promise<Answered> => {
    const { csrfToken } = JSON.parse((await send('GET', '/api/auth/csrf', to)).text)
    const body = Buffer.from(new URLSearchParams({ ...fields, csrfToken, json: 'true' }).toString())
    const headers = { origin: cluster.url, 'content-type': 'application/x-www-form-urlencoded' }
    return send('POST', path, to, { headers, body })
  }
  const { email, password } = officer
  await form('/api/auth/callback/credentials', at, { email, password })
  const post: OfficerClient['post'] = async (action, input, { at: to, idempotencyKey = randomUUID() }) => {
    const from = { origin: cluster.url, cookie: '', idempotencyKey }
    const { method, path, headers, body } = await actionRequest(findAction('.', action), input, from)
    return send(method, path, to, { headers: { ...headers, cookie: cookieOf() }, body })
  }
  const act: OfficerClient['act'] = async (action, input, { at: to, idempotencyKey = randomUUID() }) => {
    const ask = async () => answerIn(await post(action, input, { at: to, idempotencyKey }).catch(nothing))
    const told = await ask()
    if (told === null || told.ok || told.problem.code !== 'step-up-required') return told
    const proof = { stepUpId: told.problem.stepUp?.id, password }
    const proven = answerIn(await post('stepUpByPassword', proof, { at: to }).catch(nothing))
    return proven?.ok ? ask() : proven
  }
  return {
    cookies,
    get: (path, to) => send('GET', path, to),
    act,
    post,
    signOut: (to) => form('/api/auth/signout', to, {}),
  }
}

export function codeOf(told: Told): ProblemCode | 'ok' | 'nothing' {
  if (told === null) return 'nothing'
  return told.ok ? 'ok' : told.problem.code
}

/** The row of the answer's stream that is the action's own value. */
export function answerIn(answered: Answered | null): Told {
  const text = /^[0-9a-f]+:(\{"ok":.*\})$/m.exec(answered?.text ?? '')?.[1]
  return text === undefined ? null : (JSON.parse(text) as ActionResult<unknown>) // the door answers nothing else
}

/** The connection broke: what a client knows then. */
function nothing(error: unknown): null {
  if (error instanceof Error && 'code' in error) return null
  throw error
}

interface Request {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** On a connection of its own, under the public Host, wherever it goes. */
export function request(cluster: Pick<Cluster, 'url' | 'consoles'>, at: At, sent: Partial<Request>): Promise<Answered> {
  const { host, port } = new URL(cluster.url)
  const place = at === 'proxy' ? { port, ...TRUSTING } : { port: cluster.consoles[at].port }
  const { method = 'GET', path = '/', headers = {}, body } = sent
  const length = body ? { 'content-length': String(body.length) } : {}
  const options = { host: '127.0.0.1', method, path, agent: false, headers: { host, ...length, ...headers }, ...place }
  return new Promise((resolve, reject) => {
    const call = (at === 'proxy' ? https : http).request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    call.once('error', reject)
    call.end(body)
  })
}

/** The certificate is this run's own. */
const TRUSTING = { rejectUnauthorized: false }

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
  if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}
