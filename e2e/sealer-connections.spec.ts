import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContext, expect, test } from '@playwright/test'
import { giveKeyFile, SEALER_FILE } from './support/offline-sealer'

/** Counts who connects and who says anything, and answers nothing. */
async function listen(): Promise<{ server: Server; port: number; heard: { connections: number; requests: number } }> {
  const heard = { connections: 0, requests: 0 }
  const server = createServer((socket) => {
    heard.connections += 1
    socket.once('error', () => socket.destroy())
    socket.once('data', () => {
      heard.requests += 1
      socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port, heard }
}

/** Every way that a page has to fetch something; each answers by itself, when it has failed or is through. */
async function tryFromPage(port: number): Promise<number> {
  const to = (path: string) => `http://127.0.0.1:${port}/${path}`
  const settled = (element: HTMLElement) =>
    new Promise<void>((resolve) => {
      for (const name of ['load', 'error']) element.addEventListener(name, () => resolve())
      document.body.append(element)
      setTimeout(resolve, 1_000) // some are refused without an event
    })
  const make = (tag: string, attributes: Record<string, string>) =>
    settled(Object.assign(document.createElement(tag), attributes))
  const ways: (() => unknown)[] = [
    () => fetch(to('fetch'), { mode: 'no-cors' }),
    () => navigator.sendBeacon(to('beacon'), 'x'),
    () =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest()
        request.onloadend = resolve
        request.open('GET', to('xhr'))
        request.send()
      }),
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
        socket.onclose = resolve
        socket.onerror = resolve
      }),
    () =>
      new Promise((resolve) => {
        const source = new EventSource(to('events'))
        source.onerror = () => {
          source.close()
          resolve(undefined)
        }
      }),
    () => make('img', { src: to('image') }),
    () => make('script', { src: to('script') }),
    () => make('link', { rel: 'stylesheet', href: to('style') }),
    () => make('link', { rel: 'prefetch', href: to('prefetch') }),
    () => make('object', { data: to('object') }),
    () => make('video', { src: to('video') }),
    () => make('audio', { src: to('audio') }),
    () => import(to('module.js')),
    () => new Worker(to('worker.js')),
    () => document.fonts.add(new FontFace('far', `url(${to('font')})`)) && document.fonts.load('1em far'),
  ]
  for (const way of ways) {
    try {
      await way()
    } catch {
      // Refused, as it should be: the listener counts.
    }
  }
  return ways.length
}

/** For these Chromium makes a connection ready before it asks the policy, and then says nothing over it. */
function tryFormAndFrame(port: number): void {
  const action = `http://127.0.0.1:${port}/form`
  const form = Object.assign(document.createElement('form'), { action, method: 'post' })
  const frame = Object.assign(document.createElement('iframe'), { src: `http://127.0.0.1:${port}/frame` })
  document.body.append(form, frame)
  form.submit()
}

/** The same of a worker, which has fewer. */
async function tryFromWorker(port: number): Promise<number> {
  const to = (path: string) => `http://127.0.0.1:${port}/${path}`
  const scope = globalThis as unknown as { importScripts: (url: string) => void }
  const ways: (() => unknown)[] = [
    () => fetch(to('fetch'), { mode: 'no-cors' }),
    () =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest()
        request.onloadend = resolve
        request.open('GET', to('xhr'))
        request.send()
      }),
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
        socket.onclose = resolve
        socket.onerror = resolve
      }),
    () => scope.importScripts(to('script')),
    () => import(to('module.js')),
  ]
  for (const way of ways) {
    try {
      await way()
    } catch {
      // Refused, as it should be: the listener counts.
    }
  }
  return ways.length
}

async function sealerWithWorker(context: BrowserContext) {
  const page = await context.newPage()
  await page.goto(pathToFileURL(SEALER_FILE).href)
  const [worker] = await Promise.all([
    page.waitForEvent('worker'),
    giveKeyFile(page, { name: 'aes.key', content: Buffer.alloc(32, 7) }),
  ])
  await expect(page.getByRole('heading', { name: 'Found in aes.key' })).toBeVisible()
  return { page, worker }
}

test('the sealer reaches nothing: neither its page nor its worker, by any way that a browser has', async ({
  browser,
}) => {
  const { server, port, heard } = await listen()
  // Online on purpose: it is the page's own policy that is tried.
  const context = await browser.newContext()
  const { page, worker } = await sealerWithWorker(context)
  expect(await page.evaluate(tryFromPage, port)).toBe(15)
  expect(await worker.evaluate(tryFromWorker, port)).toBe(5)
  expect(heard).toEqual({ connections: 0, requests: 0 })
  await page.evaluate(tryFormAndFrame, port)
  expect(page.url()).toBe(pathToFileURL(SEALER_FILE).href)

  await test.step('a form and a frame are refused before a byte is sent', async () => {
    // Whatever was going to be sent after it would come after it.
    expect(await page.evaluate(tryFromPage, port)).toBe(15)
    expect(heard.requests).toBe(0)
  })

  await test.step('code from text does not run in either', async () => {
    // From a timer: what the test's own protocol calls may make code of text, whatever the policy says.
    const run = () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return 1')()))
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'other')
          }
        })
      })
    expect(await page.evaluate(run)).toBe('EvalError')
    expect(await worker.evaluate(run)).toBe('EvalError')
  })

  await test.step('the same file without its policy does reach it: the listener hears', async () => {
    const bare = path.join(test.info().outputPath(), 'bare.html')
    mkdirSync(path.dirname(bare), { recursive: true })
    const html = readFileSync(SEALER_FILE, 'utf8')
    writeFileSync(bare, html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''))
    const other = await context.newPage()
    await other.goto(pathToFileURL(bare).href)
    await other.evaluate(tryFromPage, port)
    await expect.poll(() => heard.requests).toBeGreaterThan(10)
    const before = heard.requests
    await other.evaluate(tryFormAndFrame, port)
    await expect.poll(() => heard.requests).toBeGreaterThan(before)
  })
  await context.close()
  server.close()
})
