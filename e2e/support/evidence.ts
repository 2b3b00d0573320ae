import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { dumpDatabase } from '@/lib/testing/journey/dump-database'
import { databaseUrl } from './database'
import { dataFolder } from './installation'

/** What a page has sent and said since this was called, as bytes. */
export function watchPage(page: Page) {
  const requests: Buffer[] = []
  const said: Buffer[] = []
  page.on('request', (request) => {
    requests.push(Buffer.from(`${request.method()} ${request.url()}\n${JSON.stringify(request.headers())}\n`))
    const body = request.postDataBuffer()
    if (body) requests.push(body)
  })
  page.on('console', (message) => said.push(Buffer.from(`${message.text()}\n`)))
  page.on('pageerror', (error) => said.push(Buffer.from(`${error.message}\n${error.stack ?? ''}\n`)))
  return { requests: () => Buffer.concat(requests), said: () => Buffer.concat(said) }
}

/** Everything that the browser keeps for the console beyond the page: storage, databases, caches, history, cookies. */
export async function keptByBrowser(page: Page): Promise<Buffer> {
  const cookies = await page.context().cookies()
  const kept = await page.evaluate(async () => {
    const storage = [localStorage, sessionStorage].map((each) => Object.entries(each))
    const databases = await indexedDB.databases()
    const caches = 'caches' in window ? await window.caches.keys() : []
    return JSON.stringify({ storage, databases, caches, history: history.state, address: location.href })
  })
  return Buffer.from(`${kept}\n${JSON.stringify(cookies)}`)
}

/** The page's whole JavaScript heap after a collection, as DevTools would save it: React's state and every cache are in it. */
export async function pageHeap(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: Buffer[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(Buffer.from(chunk)))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: false })
  await session.detach()
  return Buffer.concat(chunks)
}

/** Every row of every table. */
export async function wholeDatabase(): Promise<Buffer> {
  const { tables } = await dumpDatabase(databaseUrl())
  return Buffer.from([...tables.values()].join('\n'))
}

/** Every file that the installation's processes write their log to. */
export function allLogs(): Buffer {
  const folder = path.join(dataFolder(), 'logs')
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(path.join(folder, name))))
}
