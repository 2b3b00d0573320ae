import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { ROLES, type Role } from '@/lib/domain/people/roles'
import { type Ask, type Asked, ask, cookieFor, cookieOfSession, SESSION_STATES } from './support/callers'
import { sql } from './support/database'
import { actionsInBuild, actionsInSource, methodsOf } from './support/doors-found'
import { installation } from './support/installation'
import { ACTION_ROWS, type ActionRow, PAGE_ROWS, ROUTE_ROWS, type Who } from './support/matrix-table'
import { addressesOf, makePlaces, type Places } from './support/pages'

// Every door found in the source, times everybody who could stand before it. No browser: what counts is what the console
// sends, to whomever and however they ask.

let places: Places
/** Cookies of one live session for each role alone. */
let cookies: Record<Role, string>
/** Words that stand on pages for those who may see them, and nowhere else. */
let secrets: string[]

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  places = await makePlaces(browser)
  const made = await Promise.all(ROLES.map(async (role) => [role, await cookieFor([role])] as const))
  cookies = Object.fromEntries(made) as Record<Role, string> // one for each of ROLES
  const rows = await sql(
    `SELECT name FROM kek UNION SELECT name FROM key_record UNION SELECT url FROM connection UNION SELECT email FROM person
      WHERE email NOT LIKE '%@e2e.drawbridge.test' UNION SELECT kid FROM kek WHERE kid IS NOT NULL`,
  )
  secrets = rows.map(({ name }) => String(name))
  expect(secrets.length).toBeGreaterThan(5)
})

/** Nobody who could be let in. */
async function strangers(): Promise<Record<string, string | undefined>> {
  const dead: Record<string, string> = {}
  // One after the other: the first makes the person.
  for (const state of SESSION_STATES) {
    if (state !== 'live') dead[state] = await cookieFor(['approver', 'custodian'], state)
  }
  const live = /=(.*)$/.exec(cookies.custodian)?.[1] ?? ''
  return {
    'no session': undefined,
    'a forged session': await cookieOfSession(randomUUID(), 'x'.repeat(43)),
    'a session that never was': await cookieOfSession(randomUUID()),
    'a cut session': `drawbridge.session=${live.slice(0, -4)}`,
    'a session under another name': `__Host-drawbridge.session=${live}; next-auth.session-token=${live}`,
    ...dead,
  }
}

/** Somebody with a live session and this role alone. */
const allows = (who: Who, role: Role) => who === 'anybody' || (who !== 'owing' && who.includes(role))
const OWING = 'second factor owed'
/** What is shown that was not in the question: an answer may repeat the address that it is about. */
const seen = ({ body }: Asked, target = '') =>
  secrets.filter((word) => body.includes(word) && !target.includes(word) && !target.includes(encodeURIComponent(word)))
/** The same before somebody who is signed in: an open alarm, which other specs raise meanwhile, names its key on every page. */
async function seenBeside(answer: Asked, target: string): Promise<string[]> {
  const words = seen(answer, target)
  if (words.length === 0) return words
  const alarmed = (await sql('SELECT key_name FROM alarm')).map(({ key_name }) => String(key_name))
  return words.filter((word) => !alarmed.includes(word))
}
/** A few at a time: they are many, and each waits for the console more than for us. */
async function each<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things]
  const workers = Array.from({ length: 6 }, async () => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(thing)
  })
  await Promise.all(workers)
}

const SIGN_IN = /^\/sign-in(?:\/second-factor)?\?next=/

test('every page, route and action has its row, and no row is without its door', () => {
  expect(Object.keys(PAGE_ROWS).sort()).toEqual(addressesOf('page.tsx'))
  expect(Object.keys(ROUTE_ROWS).sort()).toEqual(addressesOf('route.ts'))
  expect(Object.keys(ACTION_ROWS).sort()).toEqual(actionsInSource())
  for (const [address, { methods }] of Object.entries(ROUTE_ROWS)) expect(methodsOf(address), address).toEqual(methods)
  // What is in the build is in the source; what is only in the source nobody can call.
  for (const { name } of actionsInBuild()) expect(Object.keys(ACTION_ROWS)).toContain(name)
})

for (const role of ROLES) {
  test(`${role}: pages and routes`, async () => {
    for (const [address, { at, who, needs, leads }] of Object.entries(PAGE_ROWS)) {
      const answer = await ask(at(places), { cookie: cookies[role] })
      const { status, location } = answer
      const elsewhere = leads ?? (address === '/sign-in' || who === 'owing' ? '/' : undefined)
      if (elsewhere) expect({ status, location }, address).toEqual({ status: 307, location: elsewhere })
      else if (allows(who, role)) expect({ status, location }, address).toEqual({ status: 200, location: null })
      else {
        expect({ status, location }, address).toEqual({ status: 307, location: `/forbidden?needs=${needs}` })
        expect(await seenBeside(answer, at(places)), address).toEqual([])
      }
    }
    for (const [address, { at, who, status = 200 }] of Object.entries(ROUTE_ROWS)) {
      const answer = await ask(at(places), { cookie: cookies[role] })
      expect(answer.status, address).toBe(allows(who, role) ? status : 403)
      if (!allows(who, role)) expect(seen(answer, at(places)), address).toEqual([])
    }
  })
}

test('strangers: every page leads to the sign-in and every route answers 401', async () => {
  test.setTimeout(180_000)
  await each(Object.entries(await strangers()), async ([stranger, cookie]) => {
    for (const [address, { at, who }] of Object.entries(PAGE_ROWS)) {
      const [target, told] = [at(places), `${address} to ${stranger}`]
      const answer = await ask(target, { cookie })
      if (who === 'anybody') expect([200, 307], told).toContain(answer.status)
      else if (who === 'owing' && stranger === OWING) expect(answer.status, told).toBe(200)
      else {
        expect(answer.status, told).toBe(307)
        expect(answer.location, told).toMatch(address === '/' || who === 'owing' ? /^\/sign-in/ : SIGN_IN)
      }
      expect(seen(answer, target), told).toEqual([])
    }
    for (const [address, { at, who, status = 200 }] of Object.entries(ROUTE_ROWS)) {
      const answer = await ask(at(places), { cookie })
      expect(answer.status, `${address} to ${stranger}`).toBe(who === 'anybody' ? status : 401)
      expect(seen(answer, at(places)), `${address} to ${stranger}`).toEqual([])
    }
  })
})

// ── actions ──────────────────────────────────────────────────────────────

const ours = () => installation().console.url

/** An action called as a page would call it, but by nobody's page. */
function call(id: string, page: string, row: ActionRow, { cookie, headers = {} }: Ask = {}): Promise<Asked> {
  return ask(page, {
    method: 'POST',
    cookie,
    headers: { origin: ours(), 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: JSON.stringify([{ idempotencyKey: randomUUID(), input: row.input ?? {} }]),
  })
}

/** `ok`, the problem's code, or the bare status. */
function outcomeOf({ status, body }: Asked): string {
  if (/^[0-9a-f]+:\{"ok":true/m.test(body)) return 'ok'
  return /"problem":\{"code":"([\w-]+)"/.exec(body)?.[1] ?? `status ${status}`
}

/** Each action with a page that carries it. */
function builtActions() {
  return actionsInBuild().map(({ id, name, pages }) => {
    const page = pages
      .map((address) => PAGE_ROWS[address]?.at(places))
      .find((at) => at !== undefined && at !== '/sign-in')
    const row = ACTION_ROWS[name]
    if (!page || !row) throw new Error(`${name} has no page or no row`)
    return { id, name, page, row }
  })
}

/** Doors without a session count by address, and here everybody comes from one. */
const FRESH = `DELETE FROM rate_limit WHERE bucket LIKE 'open:address:%'`

test('actions: each role alone', async () => {
  test.setTimeout(180_000)
  const [answers, expected]: Record<string, string>[] = [{}, {}]
  for (const { id, name, page, row } of builtActions()) {
    if (row.who === 'anybody') await sql(FRESH)
    for (const role of ROLES) {
      const told = `${name} by ${role}`
      Object.assign(answers ?? {}, { [told]: outcomeOf(await call(id, page, row, { cookie: cookies[role] })) })
      const may = allows(row.who, role)
      // Who owes no passkey is nobody to the door that asks for one.
      const refused = row.who === 'owing' ? 'signed-out' : 'not-permitted'
      Object.assign(expected ?? {}, { [told]: may ? (row.answer ?? 'invalid-input') : refused })
    }
  }
  expect(answers).toEqual(expected)
})

test('actions: strangers', async () => {
  test.setTimeout(240_000)
  const wrong: string[] = []
  await each(Object.entries(await strangers()), async ([stranger, cookie]) => {
    for (const { id, name, page, row } of builtActions()) {
      if (row.who === 'anybody') await sql(FRESH)
      const outcome = outcomeOf(await call(id, page, row, { cookie }))
      const open = row.who === 'anybody' || (row.who === 'owing' && stranger === OWING)
      if (outcome !== (open ? 'invalid-input' : 'signed-out')) wrong.push(`${name} by ${stranger}: ${outcome}`)
    }
  })
  expect(wrong).toEqual([])
})

test('actions: from elsewhere, though somebody’s session comes along', async () => {
  test.setTimeout(180_000)
  const ELSEWHERE: Record<string, Ask> = {
    'another origin': { headers: { origin: 'https://evil.example' } },
    'another origin that also forges the Host': {
      headers: { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    },
    'a frame without an origin': { headers: { origin: 'null' } },
    'another port': { headers: { origin: ours().replace(/\d+$/, '1') } },
    'another scheme': { headers: { origin: ours().replace('http:', 'https:') } },
    'a subdomain': { headers: { 'sec-fetch-site': 'same-site' } },
    'another site': { headers: { 'sec-fetch-site': 'cross-site' } },
  }
  for (const { id, name, page, row } of builtActions()) {
    const cookie = cookies[ROLES.find((role) => allows(row.who, role)) ?? 'viewer']
    for (const [from, { headers }] of Object.entries(ELSEWHERE)) {
      const answer = await call(id, page, row, { cookie, headers })
      expect(`${answer.status} ${outcomeOf(answer)}`, `${name} from ${from}`).toBe('403 wrong-origin')
    }
    const headers = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' }
    const missing = await ask(page, { method: 'POST', cookie, headers, body: '[{}]' })
    expect(outcomeOf(missing), `${name} without an Origin`).toBe('wrong-origin')
  }
})

test('an action does nothing on a page that is not its own, nor as a form without script', async () => {
  for (const { id, name, row } of builtActions()) {
    const cookie = cookies[ROLES.find((role) => allows(row.who, role)) ?? 'viewer']
    const elsewhere = await call(id, '/sign-in', row, { cookie })
    expect(outcomeOf(elsewhere), name).not.toBe('ok')
    const form = new URLSearchParams({ [`$ACTION_ID_${id}`]: '' }).toString()
    const headers = { origin: ours(), 'content-type': 'application/x-www-form-urlencoded' }
    expect(outcomeOf(await ask('/keys', { method: 'POST', cookie, headers, body: form })), name).not.toBe('ok')
  }
})

// ── other ways to the same door ──────────────────────────────────────────

const STATE_TREE = encodeURIComponent(JSON.stringify(['', { children: ['__PAGE__', {}] }, null, null, true]))

/** The same page, asked for in every way that a framework, a cache or a proxy might know. */
const HOW: Record<string, Ask> = {
  'as HEAD': { method: 'HEAD' },
  'as OPTIONS': { method: 'OPTIONS' },
  'as flight data': { headers: { rsc: '1' } },
  'as flight data for a state': { headers: { rsc: '1', 'next-router-state-tree': STATE_TREE } },
  'as a prefetch': { headers: { rsc: '1', 'next-router-prefetch': '1' } },
  'as a full prefetch': { headers: { rsc: '1', 'next-router-prefetch': '2' } },
  'as a prefetched tree': {
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  },
  'as a prefetched page': {
    headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/__PAGE__' },
  },
  'as a hot reload': { headers: { rsc: '1', 'next-hmr-refresh': '1' } },
  'as a request of the proxy’s own': {
    headers: { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy', 'x-middleware-invoke': '1' },
  },
  'as a request of the middleware’s own': {
    headers: { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  },
  'as one from src': { headers: { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' } },
  'as matched already': {
    headers: { 'x-matched-path': '/sign-in', 'x-invoke-path': '/sign-in', 'x-invoke-status': '200' },
  },
  'as rewritten': {
    headers: { 'x-original-url': '/sign-in', 'x-rewrite-url': '/sign-in', 'x-middleware-rewrite': '/sign-in' },
  },
  'as page data': { headers: { 'x-nextjs-data': '1', 'x-middleware-prefetch': '1' } },
  'as a preview': { headers: { cookie: '__prerender_bypass=1; __next_preview_data=1', purpose: 'prefetch' } },
  'with another Host behind it': { headers: { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1' } },
  'with a session in a header': {
    headers: { 'x-drawbridge-address': '127.0.0.1', 'x-drawbridge-path': '/sign-in', authorization: 'Bearer x' },
  },
  'as a write that says it reads': {
    method: 'POST',
    headers: { 'x-http-method-override': 'GET', 'x-method-override': 'GET' },
  },
  'as PUT': { method: 'PUT' },
  'as TRACE': { method: 'TRACE' },
}

/** Other spellings of an address. */
function spellings(at: string): string[] {
  const [path = '', query = ''] = at.split('?')
  const search = query && `?${query}`
  const first = path.slice(1, 2)
  const escaped = first && `/%${first.charCodeAt(0).toString(16)}${path.slice(2)}${search}`
  return [
    `${path}.rsc${search}`,
    `${path}?_rsc=abc123`,
    `${path}.prefetch.rsc`,
    `${path === '/' ? '' : path}/index`,
    `${path === '/' ? '' : path}.segments/_tree.segment.rsc`,
    `${path === '/' ? '' : path}.segments/__PAGE__.segment.rsc`,
    `${path}/${search}`,
    `/${path}${search}`,
    `/.${path}${search}`,
    `/sign-in/..${path}${search}`,
    `/sign-in/%2e%2e${path}${search}`,
    `/sign-in%2f..${path}${search}`,
    `/sign-in/%252e%252e${path}${search}`,
    `/_next/static/..${path}${search}`,
    `/_next/static/%2e%2e/%2e%2e${path}${search}`,
    `/%5c..${path}${search}`,
    path.toUpperCase() + search,
    `${path};x${search}`,
    `${path}%00${search}`,
    `${path}%20${search}`,
    `/_next/data/build${path === '/' ? '/index' : path}.json${search}`,
    `http://127.0.0.1${path}${search}`,
    ...(escaped ? [escaped] : []),
  ]
}

/** Follows once where the answer only asks for the same page under a fuller address. */
async function askThrough(target: string, how: Ask): Promise<Asked> {
  const answer = await ask(target, how)
  return answer.location && /[?&]_rsc\b/.test(answer.location) ? ask(answer.location, how) : answer
}

test('the words that are looked for do stand where they may be seen, plain and as flight data', async () => {
  const [plain, flight] = [
    await ask('/keks', { cookie: cookies.custodian }),
    await askThrough('/keks', { cookie: cookies.custodian, headers: { rsc: '1' } }),
  ]
  expect(seen(plain).length).toBeGreaterThan(0)
  expect(seen(flight).length).toBeGreaterThan(0)
})

/** Doors that are closed to somebody, and who: nobody signed in, and the least of the roles that may not. */
function closedDoors(): { address: string; at: string; cookie: string | undefined; to: string }[] {
  const rows: [string, { at: (places: Places) => string; who: Who }][] = [
    ...Object.entries(PAGE_ROWS),
    ...Object.entries(ROUTE_ROWS),
  ]
  return rows.flatMap(([address, { at, who }]) => {
    if (who === 'anybody') return []
    const role = [...ROLES].reverse().find((each) => !allows(who, each))
    const nobody = { address, at: at(places), cookie: undefined, to: 'nobody' }
    return role ? [nobody, { address, at: at(places), cookie: cookies[role], to: role }] : [nobody]
  })
}

test('no other way to ask shows more than the plain one', async () => {
  test.setTimeout(300_000)
  const shown: string[] = []
  await each(closedDoors(), async ({ address, at, cookie, to }) => {
    for (const [name, how] of Object.entries(HOW)) {
      const both = [cookie, how.headers?.cookie].filter(Boolean).join('; ')
      const answer = await askThrough(at, { ...how, headers: { ...how.headers, ...(both ? { cookie: both } : {}) } })
      const words = cookie ? await seenBeside(answer, at) : seen(answer, at)
      if (words.length > 0) shown.push(`${address} ${name} to ${to}: ${words.join(', ')}`)
      if (how.method === 'HEAD' && (answer.body !== '' || answer.status === 200))
        shown.push(`${address} ${name} to ${to}`)
    }
  })
  expect(shown).toEqual([])
})

test('no other spelling of an address shows more than the plain one', async () => {
  test.setTimeout(300_000)
  const shown: string[] = []
  await each(closedDoors(), async ({ address, at, cookie, to }) => {
    for (const target of spellings(at)) {
      for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
        const answer = await askThrough(target, { cookie, headers })
        const words = cookie ? await seenBeside(answer, target) : seen(answer, target)
        if (words.length > 0) shown.push(`${address} as ${target} to ${to}: ${words.join(', ')}`)
        const leads = answer.location ? new URL(answer.location, ours()).origin : ours()
        if (leads !== ours()) shown.push(`${address} as ${target} leads to ${answer.location}`)
      }
    }
  })
  expect(shown).toEqual([])
})

test('methods that a route does not have do nothing', async () => {
  for (const [address, { at, methods }] of Object.entries(ROUTE_ROWS)) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      if (methods.includes(method)) continue
      const answer = await ask(at(places), { method, cookie: cookies.auditor, headers: { origin: ours() } })
      expect(answer.status, `${method} ${address}`).toBe(405)
    }
  }
})
