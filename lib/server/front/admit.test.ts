import { describe, expect, it } from 'vitest'
import { admit, type Knock } from './admit'
import type { House } from './house'

const house: House = { publicUrl: new URL('https://drawbridge.example.com'), isTrustedProxy: () => false }
const onLoopback: House = { ...house, publicUrl: new URL('http://127.0.0.1:3000') }

const OURS = 'https://drawbridge.example.com'
const get = (changes: Partial<Knock> = {}): Knock => ({
  method: 'GET',
  target: '/keys',
  headers: { host: 'drawbridge.example.com' },
  hosts: 1,
  ...changes,
})
const post = (headers: Knock['headers']) =>
  get({ method: 'POST', headers: { host: 'drawbridge.example.com', ...headers } })

const outcome = (knock: Knock, at = house) => {
  const admission = admit(knock, at)
  return admission.ok ? 'in' : `${admission.status} ${admission.code}`
}

describe('what is written', () => {
  it.each([
    ['POST', { origin: OURS }, 'in'],
    ['POST', { origin: OURS, 'sec-fetch-site': 'same-origin' }, 'in'],
    ['POST', {}, '403 wrong-origin'],
    ['POST', { origin: 'null' }, '403 wrong-origin'],
    ['POST', { origin: 'https://evil.example' }, '403 wrong-origin'],
    ['POST', { origin: 'http://drawbridge.example.com' }, '403 wrong-origin'],
    ['POST', { origin: `${OURS}.evil.example` }, '403 wrong-origin'],
    ['POST', { origin: `${OURS}:8443` }, '403 wrong-origin'],
    ['POST', { origin: OURS, 'sec-fetch-site': 'same-site' }, '403 wrong-origin'],
    ['POST', { origin: OURS, 'sec-fetch-site': 'cross-site' }, '403 wrong-origin'],
    ['POST', { origin: OURS, 'sec-fetch-site': 'none' }, '403 wrong-origin'],
    ['PUT', {}, '403 wrong-origin'],
    ['PATCH', { origin: 'https://evil.example' }, '403 wrong-origin'],
    ['DELETE', {}, '403 wrong-origin'],
    ['TRACE', { origin: OURS }, '405 bad-request'],
    ['PROPFIND', { origin: OURS }, '405 bad-request'],
  ])('%s with %j: %s', (method, headers, expected) => {
    expect(outcome({ ...post(headers), method })).toBe(expected)
  })
})

describe('the Host', () => {
  it.each([
    ['drawbridge.example.com', 'in'],
    ['drawbridge.example.com:443', 'in'],
    ['DRAWBRIDGE.example.com', 'in'],
    ['drawbridge.example.com:8443', '421 wrong-host'],
    ['evil.example', '421 wrong-host'],
    ['drawbridge.example.com.evil.example', '421 wrong-host'],
    ['user@drawbridge.example.com', '421 wrong-host'],
    ['drawbridge.example.com/x', '421 wrong-host'],
    ['127.0.0.1:3000', '421 wrong-host'],
    ['localhost', '421 wrong-host'],
    ['', '421 wrong-host'],
  ])('%j: %s', (host, expected) => {
    expect(outcome(get({ headers: { host } }))).toBe(expected)
  })

  it('is refused when it comes twice, and X-Forwarded-Host is not asked', () => {
    expect(outcome(get({ hosts: 2 }))).toBe('421 wrong-host')
    const headers = { host: 'evil.example', 'x-forwarded-host': 'drawbridge.example.com' }
    expect(outcome(get({ headers }))).toBe('421 wrong-host')
  })

  it('of this machine leads to the public origin, where that is on it', () => {
    const led = admit(get({ target: '/keys?page=2', headers: { host: 'localhost:3000' } }), onLoopback)
    expect(led).toMatchObject({ status: 421, headers: { Refresh: '0; url=http://127.0.0.1:3000/keys?page=2' } })
    for (const host of ['localhost:3001', 'evil.example:3000']) {
      const refused = admit(get({ headers: { host } }), onLoopback)
      expect(refused).toMatchObject({ status: 421, code: 'wrong-host' })
      expect(refused).not.toHaveProperty('headers')
    }
  })

  it('of a probe may be any', () => {
    expect(outcome(get({ target: '/healthz', headers: { host: '10.0.0.7:3000' } }))).toBe('in')
    expect(outcome({ ...post({ host: '10.0.0.7:3000' }), target: '/readyz' })).toBe('421 wrong-host')
  })
})

describe('an address', () => {
  it.each(['/', '/keys', '/keys?q=%2e%2e%2f', '/_next/static/chunks/a~b.js', '/keys;x', '/api/keys?next=//x'])(
    '%s is one',
    (target) => {
      expect(outcome(get({ target }))).toBe('in')
    },
  )

  it.each([
    '//evil.example/keys',
    '/\\evil.example',
    'http://evil.example/keys',
    '*',
    '/keys/%2e%2e/people',
    '/keys/../people',
    '/./people',
    '/keys%2fpeople',
    '/keys%5Cpeople',
    '/%252e%252e/people',
    '/people%00',
    '/people%0a',
    '/people%',
    '/people%zz',
    '/pe ople',
    '/people\u00e9',
    '/people#x',
    '',
  ])('%j is none', (target) => {
    expect(outcome(get({ target }))).toBe('400 bad-request')
  })
})

describe('a read from another site', () => {
  const from = (site: string, more: Knock['headers'] = {}) =>
    get({ headers: { host: 'drawbridge.example.com', 'sec-fetch-site': site, ...more } })
  const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  it('is a link that somebody followed to a page, and nothing else', () => {
    expect(outcome(from('cross-site', link))).toBe('in')
    expect(outcome(from('cross-site', { ...link, 'sec-fetch-dest': 'iframe' }))).toBe('403 wrong-origin')
    expect(outcome(from('cross-site', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }))).toBe(
      '403 wrong-origin',
    )
    expect(outcome(from('same-site', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }))).toBe('403 wrong-origin')
  })

  it('never makes somebody’s browser export or fetch', () => {
    expect(outcome({ ...from('cross-site', link), target: '/api/audit/export?format=csv' })).toBe('403 wrong-origin')
    expect(outcome({ ...from('cross-site', link), target: '/api/auth/callback/oidc?code=x' })).toBe('in')
    expect(outcome({ ...from('none', link), target: '/api/audit/export' })).toBe('in')
  })
})
