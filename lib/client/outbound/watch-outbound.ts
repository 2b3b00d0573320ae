import { isRecording, noteSent, settleBody } from './ledger-store'
import { bytesOf, digestOf } from './see-body'
import type { Sent } from './sent'

type Call = Pick<Sent, 'how' | 'method' | 'url'>

/**
 * Wraps the three ways in which a page's script sends something, before other code runs. While no ledger is open a call
 * passes through untouched, and nothing is kept of it.
 */
export function watchOutbound(scope: Window & typeof globalThis): void {
  const absolute = (url: string | URL) => new URL(url, scope.location.href)
  wrapFetch(scope, absolute)
  wrapXhr(scope.XMLHttpRequest.prototype, absolute)
  const beacon = scope.navigator.sendBeacon.bind(scope.navigator)
  scope.navigator.sendBeacon = (url, data) => {
    if (isRecording()) note({ how: 'beacon', method: 'POST', url: absolute(url).href }, data)
    return beacon(url, data)
  }
}

function wrapFetch(scope: Window & typeof globalThis, absolute: (url: string | URL) => URL): void {
  const send = scope.fetch.bind(scope)
  scope.fetch = async (input, init) => {
    if (!isRecording()) return send(input, init)
    const request = input instanceof Request ? input : null
    const url = absolute(request?.url ?? String(input)).href
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase()
    const call: Call = { how: 'fetch', method, url }
    if (init?.body instanceof FormData) return sendForm(send, call, input, init, init.body)
    if (init?.body === undefined && request?.body) note(call, await request.clone().arrayBuffer())
    else note(call, init?.body)
    return send(input, init)
  }
}

/** A form's bytes are written once, here: what is hashed is what is sent. */
async function sendForm(send: typeof fetch, call: Call, input: RequestInfo | URL, init: RequestInit, form: FormData) {
  const written = new Response(form)
  const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
  const type = written.headers.get('content-type')
  if (type) headers.set('content-type', type)
  const body = await written.arrayBuffer()
  note(call, body)
  const answer = send(input, { ...init, headers, body })
  // The request has its own copy by now; a private key that crosses in the clear is not to stay in this one.
  new Uint8Array(body).fill(0)
  return answer
}

function wrapXhr(prototype: XMLHttpRequest, absolute: (url: string | URL) => URL): void {
  const { open, send } = prototype
  const calls = new WeakMap<XMLHttpRequest, Call>()
  prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL, ...rest: unknown[]) {
    calls.set(this, { how: 'xmlhttprequest', method: method.toUpperCase(), url: absolute(url).href })
    return Reflect.apply(open, this, [method, url, ...rest])
  }
  prototype.send = function (this: XMLHttpRequest, body) {
    const call = calls.get(this)
    if (call && isRecording()) note(call, body)
    return send.call(this, body)
  }
}

function note(call: Call, body: unknown): void {
  const bytes = bytesOf(body)
  if (bytes === null || bytes === undefined) {
    noteSent(call, { state: bytes === null ? 'none' : 'unseen' })
    return
  }
  const id = noteSent(call, { state: 'reading' })
  void Promise.resolve(bytes)
    .then((copy) => digestOf(copy).finally(() => copy.fill(0)))
    .catch(() => ({ state: 'unseen' }) as const)
    .then((seen) => settleBody(id, seen))
}
