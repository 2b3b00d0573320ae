import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { closeLedger, openLedger, readLedger } from './ledger-store'
import { watchOutbound } from './watch-outbound'

const HERE = 'https://console.example.test/import/new'
const THERE = 'https://console.example.test/there'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

class FakeXhr {
  open = () => undefined
  send = () => undefined
}

/** A page whose requests go nowhere: what each was given, and the body as it would have left. */
function newPage() {
  const given: unknown[][] = []
  const left: Request[] = []
  const scope = {
    location: new URL(HERE),
    XMLHttpRequest: FakeXhr,
    navigator: { sendBeacon: () => true },
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      given.push([input, init])
      left.push(new Request(input, init))
      return new Response()
    },
  }
  watchOutbound(scope as unknown as Window & typeof globalThis) // the parts of a window that are watched
  return { scope, given, left }
}

async function bodies() {
  await vi.waitFor(() => expect(readLedger()?.rows.some(({ body }) => body.state === 'reading')).toBe(false))
  return readLedger()?.rows.map(({ method, body }) => ({ method, body }))
}

afterEach(closeLedger)

describe('what watches the requests of a page', () => {
  it('hands a call on as it is while no ledger is open', async () => {
    const { scope, given } = newPage()
    const [request, init] = [new Request(THERE), { method: 'POST', body: new FormData() }]
    await scope.fetch(request)
    await scope.fetch(THERE, init)
    expect(given[0]?.[0]).toBe(request)
    expect(given[1]?.[1]).toBe(init)
    expect(readLedger()).toBeNull()
  })

  it('sends of a form the very bytes that it hashed, with all headers', async () => {
    const { scope, left } = newPage()
    const form = new FormData()
    form.set('0', new Blob(['kürzer']))
    openLedger()
    await scope.fetch(new Request(THERE, { headers: { 'next-action': 'a1' } }), { method: 'POST', body: form })
    const [sent] = left
    expect(sent?.headers.get('next-action')).toBe('a1')
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(sent?.headers.get('content-type') ?? '')?.[1]
    const text = (await sent?.text()) ?? ''
    expect(text).toContain(`--${boundary}--`)
    expect(text).toContain('kürzer')
    expect(await bodies()).toMatchObject([{ method: 'POST', body: { state: 'seen', sha256: sha256(text) } }])
  })

  it('reads a request’s own body beside it, and leaves it whole', async () => {
    const { scope, left } = newPage()
    openLedger()
    await scope.fetch(new Request(THERE, { method: 'PUT', body: 'its own' }))
    expect(await left[0]?.text()).toBe('its own')
    expect(await bodies()).toMatchObject([{ method: 'PUT', body: { state: 'seen', sha256: sha256('its own') } }])
  })

  it('says of a stream that it was not seen, and lets it flow', async () => {
    const { scope, left } = newPage()
    openLedger()
    const init = { method: 'POST', body: new Blob(['flows']).stream(), duplex: 'half' } satisfies RequestInit & {
      duplex: string
    }
    await scope.fetch(THERE, init)
    expect(await left[0]?.text()).toBe('flows')
    expect(await bodies()).toMatchObject([{ body: { state: 'unseen' } }])
  })

  it('sees a beacon whose function was taken off its object', async () => {
    const { scope } = newPage()
    const sendBeacon: (url: string, data?: string) => boolean = scope.navigator.sendBeacon
    openLedger()
    expect(sendBeacon('/there', 'last words')).toBe(true)
    expect(await bodies()).toMatchObject([{ method: 'POST', body: { state: 'seen', sha256: sha256('last words') } }])
    expect(readLedger()?.rows[0]?.url).toBe(THERE)
  })
})
