import net from 'node:net'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type AnotherConsole, databaseAddress, startAnotherConsole } from './support/another-console'
import { officerWith } from './support/installation'
import { signIn } from './support/sign-in'

// A console whose database goes away under its open pages and comes back: reached through a relay of its own, so that
// the database of the other tests stays up.

test.describe.configure({ timeout: 180_000 })

/** A wire to the database that can be cut and mended. */
async function startRelay(target: URL) {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname)
    client.pipe(upstream).pipe(client)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as net.AddressInfo // it listens on a port, not on a pipe
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port, cut, mend: () => listen(port) }
}

const SAYS_SO = 'The database does not answer'

async function expectSaid(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SAYS_SO, { timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
}

/** What the console says to a load balancer; 0 where nobody listens yet. */
const ready = (context: BrowserContext) => () =>
  context.request.get('/readyz').then(
    (answer) => answer.status(),
    () => 0,
  )

test('a database that goes away is said to have gone, and its pages work again when it is back', async ({
  browser,
}) => {
  const address = new URL(databaseAddress())
  const relay = await startRelay(new URL(address))
  address.port = String(relay.port)
  const console_: AnotherConsole = await startAnotherConsole((port) => ({
    DRAWBRIDGE_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: address.href,
  }))
  const baseURL = `http://127.0.0.1:${console_.port}`
  const context = await browser.newContext({ baseURL })
  await expect.poll(ready(context), { timeout: 30_000 }).toBe(200)
  const open = await context.newPage()
  await signIn(open, officerWith(['custodian']))
  await open.goto('/keys')
  const keys = open.getByRole('table', { name: 'Keys' }).getByRole('rowheader')
  await expect(keys.first()).toBeVisible()

  await relay.cut()
  await test.step('a page that is opened says so', async () => {
    for (const path of ['/keys', '/review', '/audit']) {
      const page = await context.newPage()
      await page.goto(path)
      await expectSaid(page)
      await page.close()
    }
  })
  await test.step('a page that is open shows what it had, until it goes elsewhere', async () => {
    await expect(keys.first()).toBeVisible()
    await open.getByRole('navigation').getByRole('link', { name: /^KEKs/ }).first().click()
    await expectSaid(open)
  })
  await test.step('probes say no, and the console runs on', async () => {
    expect((await context.request.get('/readyz')).status()).toBe(503)
    expect((await context.request.get('/healthz')).status()).toBe(200)
    expect(console_.isRunning()).toBe(true)
  })

  await relay.mend()
  await expect.poll(ready(context), { timeout: 30_000 }).toBe(200)
  await open.getByRole('button', { name: 'Try again' }).click()
  await expect(open.getByRole('heading', { level: 1 })).not.toHaveText(SAYS_SO)
  await open.goto('/keys')
  await expect(keys.first()).toBeVisible()
  await context.close()
  await console_.stop()
  await relay.cut()
})
