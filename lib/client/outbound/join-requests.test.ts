import { describe, expect, it } from 'vitest'
import { joinRequests, type Requested } from './join-requests'
import type { Sent } from './sent'

const url = 'https://console.example/import/new'
const seen = { state: 'seen', bytes: 3, sha256: 'ab' } as const
const call = (change: Partial<Sent> = {}): Sent => ({
  id: 1,
  how: 'fetch',
  method: 'POST',
  url,
  at: 10,
  body: seen,
  ...change,
})
const request = (change: Partial<Requested> = {}): Requested => ({ url, initiator: 'fetch', at: 11, ...change })

describe('the outbound ledger', () => {
  it('joins a request with the body that was given to it', () => {
    expect(joinRequests([call()], [request()])).toMatchObject([{ method: 'POST', body: seen, listed: true }])
  })

  it('says of a script’s request whose body nobody saw that it was not seen', () => {
    expect(joinRequests([], [request()])).toMatchObject([{ method: null, body: { state: 'unseen' } }])
    const beforeTheCall = request({ at: 5 })
    expect(joinRequests([call()], [beforeTheCall])).toMatchObject([
      { body: { state: 'unseen' }, listed: true },
      { body: seen, listed: false },
    ])
  })

  it('gives each of two equal requests the body of its own call', () => {
    const second = { state: 'seen', bytes: 4, sha256: 'cd' } as const
    const rows = joinRequests([call(), call({ id: 2, at: 20, body: second })], [request(), request({ at: 21 })])
    expect(rows.map(({ body }) => body)).toEqual([seen, second])
  })

  it('lists what a script sent and the browser has not listed, and what the browser loads by itself', () => {
    const picture = request({ url: 'https://console.example/icon.svg', initiator: 'img', at: 1 })
    expect(joinRequests([call()], [picture])).toMatchObject([
      { initiator: 'img', body: { state: 'none' }, listed: true },
      { initiator: 'fetch', body: seen, listed: false },
    ])
  })
})
