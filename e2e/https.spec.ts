import { mkdtempSync, rmSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, expect, test } from '@playwright/test'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { makeCertificate } from '@/lib/testing/tls/make-certificate'
import { freePort } from '../scripts/lib/free-port.mjs'
import { type AnotherConsole, startAnotherConsole } from './support/another-console'
import { sql } from './support/database'
import { officerWith } from './support/installation'
import { hasNginx, startNginx } from './support/nginx'
import { signIn } from './support/sign-in'

// A second console on the same database, reached by https: by its own, and through the reverse proxy of README.md.

let folder: string
const stops: (() => Promise<unknown>)[] = []

test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drawbridge-https-'))
})
test.afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function consoleWith(settingsAt: (port: number) => Record<string, string>): Promise<AnotherConsole> {
  const started = await startAnotherConsole(settingsAt)
  stops.push(started.stop)
  return started
}

async function openBrowser(browser: Browser, baseURL: string) {
  const context = await browser.newContext({ baseURL, ignoreHTTPSErrors: true })
  stops.push(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { context, page, complaints }
}

const REFUSED = new RegExp(`${PROBLEM_WORDS['wrong-origin']}|${PROBLEM_WORDS['signed-out']}`)

/** Signs in, acts, signs out: pages, chunks, actions and cookies over this origin. */
async function actOver(browser: Browser, url: string): Promise<void> {
  const { context, page, complaints } = await openBrowser(browser, url)
  await signIn(page, officerWith(['custodian']))
  const cookies = await context.cookies()
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ name: expect.stringMatching(/^__Host-/), secure: true, httpOnly: true, path: '/' })
  }
  const answer = await page.goto('/keks')
  expect(answer?.headers()['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
  // An action: what it finds out is the vaults' business, that it was let in is ours.
  await page.goto('/keys')
  const answered = page.waitForResponse((response) => 'next-action' in response.request().headers())
  await page
    .getByRole('button', { name: /^Refresh/ })
    .first()
    .click()
  // A door that refuses answers 403, or says so in words. Not `finished()`: over http as over https the answer is sent to its
  // end, but Chromium reports it as aborted where Next has let go of it before.
  expect((await answered).status()).toBe(200)
  await expect(page.getByRole('button', { name: /^Refresh/ }).first()).toBeEnabled()
  await expect(page.getByText(REFUSED)).toHaveCount(0)
  expect(complaints).toEqual([])
}

/** What a raw https request is answered; the certificate is a test's own. */
function askHttps(port: number, headers: Record<string, string>, method = 'GET', target = '/sign-in') {
  return new Promise<{ status: number; hsts: string | undefined }>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: target,
      method,
      headers,
      rejectUnauthorized: false,
      agent: false as const,
    }
    const call = https.request(options, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode ?? 0, hsts: answer.headers['strict-transport-security'] })
    })
    call.once('error', reject)
    call.end()
  })
}

test('with its own certificate: __Host- cookies, HSTS on every answer, and no other name', async ({ browser }) => {
  test.setTimeout(120_000)
  const files = makeCertificate(folder, 'own')
  const { port, stop } = await consoleWith((own) => ({
    DRAWBRIDGE_URL: `https://localhost:${own}`,
    DRAWBRIDGE_TLS_CERT: files.cert,
    DRAWBRIDGE_TLS_KEY: files.key,
  }))
  await actOver(browser, `https://localhost:${port}`)
  const hsts = expect.stringContaining('max-age=63072000')
  const host = `localhost:${port}`
  expect(await askHttps(port, { host })).toEqual({ status: 200, hsts })
  expect(await askHttps(port, { host: 'evil.example' })).toEqual({ status: 421, hsts })
  expect(await askHttps(port, { host }, 'POST')).toEqual({ status: 403, hsts })
  expect(await askHttps(port, { host, origin: `http://${host}` }, 'POST')).toEqual({ status: 403, hsts })
  expect(await askHttps(port, { host }, 'GET', '/nowhere')).toEqual({ status: 404, hsts })
  expect(await plainHttp(port)).not.toContain('200 OK')
  expect(await stop()).toBe(0)
})

/** Somebody who forgets the s. */
function plainHttp(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = net.connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'))
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(text))
  })
}

test('behind the reverse proxy of the README: the same, and officers’ own addresses', async ({ browser }) => {
  test.skip(!hasNginx, 'nginx is not installed')
  test.setTimeout(120_000)
  const files = makeCertificate(folder, 'proxy')
  const front = await freePort()
  const { port } = await consoleWith(() => ({
    DRAWBRIDGE_URL: `https://localhost:${front}`,
    DRAWBRIDGE_TRUSTED_PROXIES: '127.0.0.1',
  }))
  const nginx = await startNginx(folder, { port: front, consolePort: port, files })
  stops.push(nginx.stop)
  await expect
    .poll(() => askHttps(front, { host: `localhost:${front}` }).catch(() => ({ status: 0 })))
    .toMatchObject({ status: 200 })
  await actOver(browser, `https://localhost:${front}`)
  expect(await askHttps(front, { host: `localhost:${front}`, origin: 'https://evil.example' }, 'POST')).toMatchObject({
    status: 403,
  })

  // What somebody claims about their address is not what stands in the record; what the proxy saw is.
  const spoofed = `192.0.2.${Math.floor(Math.random() * 250)}`
  const { context } = await openBrowser(browser, `https://localhost:${front}`)
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json()
  const { email, password } = officerWith(['auditor'])
  const answer = await context.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true' },
    headers: {
      origin: `https://localhost:${front}`,
      'x-forwarded-for': spoofed,
      'x-real-ip': spoofed,
      forwarded: `for=${spoofed}`,
    },
  })
  expect(answer.status()).toBe(200)
  const [session] = await sql(
    'SELECT s.address FROM session s JOIN person p ON p.id = s.person_id WHERE p.email = $1 ORDER BY s.created_at DESC LIMIT 1',
    [email],
  )
  expect(session?.address).toBe('127.0.0.1')
})

test('open to a network without https: it does not start, and says why', async () => {
  await expect(startAnotherConsole(() => ({ HOST: '0.0.0.0' }))).rejects.toThrow(
    /HOST should be a loopback address .* DRAWBRIDGE_TLS_CERT/,
  )
})
