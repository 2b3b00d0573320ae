import { randomUUID } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import type { Role } from '@/lib/domain/people/roles'
import { type Ask, ask } from './support/callers'
import { sql } from './support/database'
import { installation, officerWith } from './support/installation'
import { PAGE_ROWS, type PageRow, ROUTE_ROWS, type Who } from './support/matrix-table'
import { makePlaces, type Places } from './support/pages'
import { personWith } from './support/people'
import { openAs } from './support/sign-in'

/** Who visits what: between them, these may enter every page. */
const VISITORS: readonly (readonly Role[])[] = [['custodian', 'approver'], ['administrator']]

const FIXED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const DIRECTIVES = [
  "default-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
]

let places: Places

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  places = await makePlaces(browser)
})

/** The first visitor who may enter; the page is then theirs. Who owes the second factor is met in passkeys.spec.ts. */
function visitorOf({ who }: PageRow): readonly Role[] | undefined {
  return VISITORS.find((roles) => isOpenTo(roles, who))
}

function isOpenTo(roles: readonly Role[], who: Who): boolean {
  if (who === 'owing') return false
  return who === 'anybody' || roles.some((role) => who.includes(role))
}

test('between them, the visitors enter every page', () => {
  const unseen = Object.entries(PAGE_ROWS).filter(([, row]) => row.who !== 'owing' && !visitorOf(row))
  expect(unseen).toEqual([])
})

/** Everything that a browser complains of, from now on. */
async function collectComplaints(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.exposeFunction('drawbridgeViolation', (words: string) => complaints.push(words))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell = Reflect.get(window, 'drawbridgeViolation')
      if (typeof tell === 'function') tell(`violated ${violatedDirective}: ${blockedURI} in ${sourceFile}`)
    })
  })
  return complaints
}

for (const theme of ['light', 'dark'] as const) {
  for (const visitor of VISITORS) {
    test(`no page violates the policy in the ${theme} theme, for ${visitor.join(' and ')}`, async ({ browser }) => {
      test.setTimeout(120_000)
      const page = await openAs(browser, officerWith(visitor))
      const complaints = await collectComplaints(page)
      await page.getByRole('button', { name: 'Your menu' }).click()
      await page.getByText(theme === 'light' ? 'Light' : 'Dark', { exact: true }).click()
      for (const [address, row] of Object.entries(PAGE_ROWS)) {
        if (visitorOf(row) !== visitor) continue
        const answer = await page.goto(row.at(places))
        expect(answer?.status(), address).toBe(200)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        // What hydrates answers: then every script of the page has run.
        await page.waitForFunction(() => document.readyState === 'complete')
        expect(complaints.splice(0), address).toEqual([])
      }
      await page.context().close()
    })
  }
}

test('dialogs that load when first opened violate nothing', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['custodian']))
  const complaints = await collectComplaints(page)
  await page.goto(PAGE_ROWS['/keys/[connection]/[name]']?.at(places) ?? '')
  await page.getByRole('button', { name: 'Mark compromised' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.goto('/keys')
  await page.getByRole('button', { name: 'State', exact: true }).click()
  await expect(page.getByRole('list', { name: 'State' })).toBeVisible()
  expect(complaints).toEqual([])
})

test('a violation would be seen', async ({ page }) => {
  const complaints = await collectComplaints(page)
  await page.goto('/sign-in')
  await page.evaluate(() => {
    const image = document.createElement('img')
    image.src = 'https://elsewhere.example/pixel.png'
    document.body.append(image)
  })
  await expect.poll(() => complaints.join('\n')).toContain('violated img-src')
})

test('the sign-in page violates nothing', async ({ page }) => {
  const complaints = await collectComplaints(page)
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
  expect(complaints).toEqual([])
})

const nonceOf = (policy: string | undefined) => /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy ?? '')?.[1]

test('every answer carries the headers, and a nonce of its own', async ({ browser }) => {
  const nonces: string[] = []
  let asked = 0
  for (const visitor of VISITORS) {
    const page = await openAs(browser, officerWith(visitor))
    const nowhere: PageRow = { at: () => '/nowhere', who: 'anybody' }
    const doors = Object.entries({ ...PAGE_ROWS, ...ROUTE_ROWS, '/nowhere': nowhere })
    for (const [address, door] of doors) {
      const answer = await page.request.get(door.at(places), { maxRedirects: 0 })
      const headers = answer.headers()
      expect(headers, address).toMatchObject({ ...FIXED, 'cache-control': expect.stringContaining('no-store') })
      const policy = headers['content-security-policy']
      for (const directive of DIRECTIVES) expect(policy, address).toContain(directive)
      expect(policy, address).not.toMatch(/unsafe|https?:|\*/)
      const nonce = nonceOf(policy)
      expect(nonce, address).toMatch(/^[\w+/]{24}$/)
      // What is saved as a file is shown by nobody: the offline sealer has a policy of its own inside.
      const isSaved = headers['content-disposition']?.startsWith('attachment') ?? false
      if (headers['content-type']?.startsWith('text/html') && answer.status() === 200 && !isSaved) {
        const html = await answer.text()
        const scripts = html.match(/<script\b[^>]*>/g) ?? []
        expect(scripts.length, address).toBeGreaterThan(0)
        expect(
          scripts.filter((script) => !script.includes(`nonce="${nonce}"`)),
          address,
        ).toEqual([])
      }
      nonces.push(nonce ?? '')
      asked += 1
    }
    await page.context().close()
  }
  expect(new Set(nonces).size).toBe(asked)
})

test('a nonce that somebody sends along is not taken', async ({ request }) => {
  const forged = 'Zm9yZ2VkZm9yZ2VkZm9yZ2Vk'
  const policy = `script-src 'nonce-${forged}' 'strict-dynamic'`
  const answer = await request.get('/sign-in', {
    headers: {
      'content-security-policy': policy,
      'content-security-policy-report-only': policy,
      'x-nonce': forged,
    },
  })
  expect(JSON.stringify(answer.headers())).not.toContain(forged)
  const html = await answer.text()
  expect(html).not.toContain(forged)
  expect(html).toContain(`nonce="${nonceOf(answer.headers()['content-security-policy'])}"`)
})

test('whatever is answered, and by whom, carries the headers', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['custodian', 'approver']))
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await page.context().close()
  const { url } = installation().console
  const host = new URL(url).host
  const html = (await ask('/sign-in')).body
  const asset = (ending: string) => new RegExp(`/_next/static/[^"]+\\.${ending}`).exec(html)?.[0] ?? '/no-asset'
  const answers: Record<string, [number, string, Ask?]> = {
    'a page': [200, '/sign-in'],
    'its head': [200, '/sign-in', { method: 'HEAD' }],
    'a redirect of ours': [307, '/keys'],
    'a redirect of Next’s': [308, '/keys/'],
    'a page as flight data': [307, '/keys?_rsc=x', { headers: { rsc: '1' }, cookie }],
    'no such page': [404, '/nowhere', { cookie }],
    'no such thing': [404, `/api/imports/${randomUUID()}/status`, { cookie }],
    'no session': [401, '/api/status'],
    'not permitted': [403, '/api/audit/export', { cookie }],
    data: [200, '/api/status', { cookie }],
    'what one may ask': [204, '/api/status', { method: 'OPTIONS', cookie }],
    'no such method': [405, '/api/status', { method: 'DELETE', cookie, headers: { origin: url } }],
    'a method nobody has': [405, '/api/status', { method: 'TRACE' }],
    'no readable address': [400, '/%2e%2e/keys'],
    'another Host': [421, '/keys', { headers: { host: 'evil.example' } }],
    'another origin': [403, '/keks', { method: 'POST', headers: { origin: 'https://evil.example' } }],
    'too large': [413, '/keks', { method: 'POST', headers: { origin: url, 'content-length': '999999999' } }],
    'too many headers': [431, '/keys', { headers: { 'x-long': 'x'.repeat(20_000) } }],
    'no such action': [
      409,
      '/keks',
      { method: 'POST', cookie, headers: { origin: url, 'next-action': 'x'.repeat(42) }, body: '[]' },
    ],
    'a picture': [200, '/icon.svg'],
    'no such chunk': [404, '/_next/static/chunks/nothing.js'],
    'what Next keeps for pictures': [404, '/_next/image?url=%2Ficon.svg&w=32&q=75'],
  }
  const got: Record<string, number> = {}
  for (const [what, [, target, how]] of Object.entries(answers)) {
    const answer = await ask(target, { ...how, headers: { host, ...how?.headers } })
    got[what] = answer.status
    expect(answer.headers, what).toMatchObject({ ...FIXED, 'cache-control': expect.stringContaining('no-store') })
    const policy = answer.headers['content-security-policy']
    for (const never of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy, what).toContain(never)
    expect(policy, what).not.toMatch(/unsafe|https?:|\*/)
    expect(answer.headers, what).not.toHaveProperty('x-powered-by')
    expect(answer.headers, what).not.toHaveProperty('access-control-allow-origin')
  }
  expect(got).toEqual(Object.fromEntries(Object.entries(answers).map(([what, [status]]) => [what, status])))
  for (const ending of ['js', 'css']) {
    const { status, headers } = await ask(asset(ending))
    const { 'cache-control': _own, ...fixed } = FIXED
    expect({ status, ...headers }, ending).toMatchObject({ status: 200, ...fixed })
    expect(headers['cache-control'], ending).toBe('public, max-age=31536000, immutable')
  }
})

test('a limit that is reached is answered 429, with how long to wait', async ({ browser }) => {
  const auditor = await personWith(['auditor'])
  const page = await openAs(browser, auditor)
  await sql(
    `INSERT INTO rate_limit (bucket, full_until)
     SELECT 'export:' || id, now() + interval '600 seconds' FROM person WHERE email = $1
     ON CONFLICT (bucket) DO UPDATE SET full_until = excluded.full_until`,
    [auditor.email],
  )
  const answer = await page.request.get('/api/audit/export')
  await sql(`DELETE FROM rate_limit WHERE bucket LIKE 'export:%'`)
  expect(answer.status()).toBe(429)
  expect(answer.headers()).toMatchObject(FIXED)
  const seconds = Number(answer.headers()['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(30)
  const { problem } = await answer.json()
  expect(problem).toMatchObject({ code: 'rate-limited', message: expect.stringContaining(`${seconds} second`) })
  await page.context().close()
})

test('static files say what they are, and a chunk that is run as a worker may reach nothing', async ({ request }) => {
  const html = await (await request.get('/sign-in')).text()
  const chunk = /\/_next\/static\/chunks\/[^"]+\.js/.exec(html)?.[0]
  const headers = (await request.get(chunk ?? '/no-chunk')).headers()
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' })
  for (const never of ["connect-src 'none'", "object-src 'none'", "base-uri 'none'"])
    expect(headers['content-security-policy']).toContain(never)
})

test('whoever types localhost is led to the public origin, and no other host leads anywhere', async () => {
  const { url } = installation().console
  const { port } = new URL(url)
  const ask = async (path: string, host: string) => {
    const answer = await getByHost(Number(port), path, host)
    return { status: answer.statusCode, refresh: answer.headers.refresh }
  }
  const led = { status: 421, refresh: `0; url=${url}/sign-in?next=%2Fkeys` }
  expect(await ask('/sign-in?next=%2Fkeys', `localhost:${port}`)).toEqual(led)
  // Next itself makes one slash of two, and says so by Refresh: wherever it leads, it stays here.
  const { refresh } = await ask('//example.com/keys', `localhost:${port}`)
  const leadsTo = new URL(String(refresh ?? '').replace(/^0; ?url=/, ''), url)
  expect(leadsTo.origin).toBe(url)
  expect(await ask('/sign-in', `127.0.0.1:${port}`)).toEqual({ status: 200, refresh: undefined })
  for (const host of [`example.com:${port}`, 'localhost:1']) {
    expect(await ask('/sign-in', host)).toEqual({ status: 421, refresh: undefined })
  }
})

/** A request whose Host is ours to choose; `fetch` would not let us. */
function getByHost(port: number, path: string, host: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = get({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => resolve(answer.resume()))
    sent.once('error', reject)
  })
}
