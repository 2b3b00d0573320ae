import http from 'node:http'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { PROBLEM_CODES } from '@/lib/domain/actions/action-result'
import { installation } from './installation'

/** A server action's request, exactly as the page would have sent it. */
export interface ActionRequest {
  url: string
  headers: Record<string, string>
  body: Buffer
}

interface Sent {
  url: string
  headers: Record<string, string>
  bodyBase64: string
}

declare global {
  interface Window {
    /** Given by `holdActions`; answers whether the request is held back. */
    drawbridgeHolds: (sent: Sent) => Promise<boolean>
  }
}

/** Waits for the next action whose body holds this text, and keeps it from being sent. */
export type HoldNext = (bodyHolds: string) => Promise<ActionRequest>

/**
 * Makes the page show its action requests before they leave. In the page, because a browser's own interception leaves
 * out the bytes of a file. Call it before the page is opened.
 */
export async function holdActions(page: Page): Promise<HoldNext> {
  let waiting: { bodyHolds: string; take: (request: ActionRequest) => void } | undefined
  await page.exposeFunction('drawbridgeHolds', ({ url, headers, bodyBase64 }: Sent): boolean => {
    const body = Buffer.from(bodyBase64, 'base64')
    if (!waiting || !body.includes(waiting.bodyHolds)) return false
    waiting.take({ url, headers, body })
    waiting = undefined
    return true
  })
  await page.addInitScript(showActions)
  return (bodyHolds) =>
    new Promise((take) => {
      waiting = { bodyHolds, take }
    })
}

/** Runs in the page. */
function showActions() {
  const send = window.fetch
  window.fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (!headers.has('next-action')) return send(input, init)
    const request = new Request(input, init)
    const bytes = new Uint8Array(await request.clone().arrayBuffer())
    const sent = {
      url: request.url,
      headers: Object.fromEntries(request.headers),
      bodyBase64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    }
    if (await window.drawbridgeHolds(sent)) throw new TypeError('held back by the test')
    return send(request)
  }
}

const UUID = /"idempotencyKey":"([0-9a-f-]{36})"/

/** The same request under another idempotency key. */
export function withKey(request: ActionRequest, key: string): ActionRequest {
  const own = UUID.exec(request.body.toString('latin1'))?.[1]
  if (!own) throw new Error('the request holds no idempotency key')
  return withText(request, own, key)
}

/** The same request with another text in its body, as long as the one it replaces. */
export function withText(request: ActionRequest, text: string, other: string): ActionRequest {
  const body = request.body.toString('latin1')
  if (!body.includes(text)) throw new Error(`the request does not hold ${text}`)
  return { ...request, body: Buffer.from(body.replaceAll(text, other), 'latin1') }
}

/** The cookies of the page's officer, as a header. */
export async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** What an action answers; what it gives beside that is for each test to say. */
const answerSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: z.object({ code: z.enum(PROBLEM_CODES), message: z.string() }) }),
])
export type Answer = z.infer<typeof answerSchema>

export interface Posted {
  status: number
  /** null: it was no action's answer. */
  answer: Answer | null
  /** The answer as it came. */
  text: string | null
}

/** Headers beside those of the captured request; undefined takes one out. */
export type Sender = { cookie: string; headers?: Record<string, string | undefined>; agent?: http.Agent }

/** Sends it on a connection of its own, by Node: what a browser would add is given by hand. */
export function postAction(request: ActionRequest, { cookie, headers = {}, agent }: Sender): Promise<Posted> {
  const browser = { origin: installation().console.url, 'sec-fetch-site': 'same-origin', cookie }
  const all = Object.entries({ ...request.headers, ...browser, ...headers })
  const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new Promise((resolve, reject) => {
    const call = http.request(
      request.url,
      { method: 'POST', headers: Object.fromEntries(given), agent: agent ?? new http.Agent({ keepAlive: false }) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => resolve(posted(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))))
      },
    )
    call.once('error', reject)
    call.end(request.body)
  })
}

/** Many at once, each on its own connection. */
export function postTogether(requests: readonly ActionRequest[], cookie: string): Promise<Posted[]> {
  const agent = new http.Agent({ keepAlive: false, maxSockets: requests.length })
  return Promise.all(requests.map((request) => postAction(request, { cookie, agent })))
}

/** The row of the answer's stream that is the action's own value; or the problem that the front answered with. */
function posted(status: number, stream: string): Posted {
  if (stream.startsWith('{"problem":'))
    return { status, text: stream, answer: answerSchema.parse({ ok: false, ...JSON.parse(stream) }) }
  const text = /^[0-9a-f]+:(\{"ok":.*\})$/m.exec(stream)?.[1] ?? null
  return { status, text, answer: text === null ? null : answerSchema.parse(JSON.parse(text)) }
}

/** `ok`, the code of the problem, or the bare status. */
export function codeOf({ status, answer }: Posted): string {
  if (!answer) return `status ${status}`
  return answer.ok ? 'ok' : answer.problem.code
}
