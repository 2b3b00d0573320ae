import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { headersOf } from '../../chromium/serve-files.mjs'
import { findChromium } from '../../lib/prerequisites.mjs'
import { Problem } from '../../lib/problem.mjs'

/** In the page: asks for work until there is none. `globalThis.perform` does it. */
const PAGE = `<!doctype html><script type="module" src="/page.js"></script><script type="module">
for (;;) {
  const asked = await fetch('/work', { cache: 'no-store' })
  if (asked.status !== 200) break
  const answer = await globalThis.perform(await asked.json()).then((done) => ({ done }), (error) => ({ failed: String(error) }))
  await fetch('/answer', { method: 'POST', body: JSON.stringify(answer) })
}
</script>`

/**
 * A page of the system's Chromium with no debugger attached: one that is (Playwright's, too) stops each worker at its start
 * until it has looked at it, which costs as much as the start itself.
 * @param {Map<string, Uint8Array | string>} files by path; `/page.js` sets `globalThis.perform`
 * @param {(perform: (argument: unknown) => Promise<any>) => Promise<void>} use What is asked and answered crosses as JSON.
 */
export async function inUndebuggedPage(files, use) {
  const desk = openDesk(files)
  desk.server.listen(0, '127.0.0.1')
  await once(desk.server, 'listening')
  const address = desk.server.address()
  const browser = startBrowser(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/page.html`)
  try {
    const gone = browser.ended.then(() => Promise.reject(new Problem('Chromium ended before it had measured.')))
    await Promise.race([use(desk.ask), gone])
  } finally {
    await browser.stop()
    desk.server.closeAllConnections()
    desk.server.close()
  }
}

/** @param {Map<string, Uint8Array | string>} files */
function openDesk(files) {
  /** @type {((text: string) => void) | undefined} */
  let give
  /** @type {((text: string) => void) | undefined} */
  let take
  /** @type {string | undefined} */
  let waiting
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/work') {
      const answer = (/** @type {string} */ text) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(text)
      if (waiting === undefined) give = answer
      else answer(waiting)
      waiting = undefined
    } else if (pathname === '/answer') {
      /** @type {Buffer[]} */
      const parts = []
      request.on('data', (part) => parts.push(part))
      request.on('end', () => {
        response.end()
        take?.(Buffer.concat(parts).toString())
      })
    } else {
      const content = pathname === '/page.html' ? PAGE : files.get(pathname)
      if (content === undefined) response.writeHead(404).end()
      else response.writeHead(200, headersOf(pathname)).end(content)
    }
  })

  /** @param {unknown} argument */
  async function ask(argument) {
    const answered = /** @type {Promise<string>} */ (new Promise((resolve) => (take = resolve)))
    const text = JSON.stringify(argument)
    if (give) give(text)
    else waiting = text
    give = undefined
    const { done, failed } = JSON.parse(await answered)
    if (failed !== undefined) throw new Error(failed)
    return done
  }
  return { server, ask }
}

/** @param {string} url */
function startBrowser(url) {
  const executable = findChromium()
  if (!executable) throw new Problem('Chromium was not found. Install it, or name it in CHROMIUM_PATH.')
  const profile = mkdtempSync(path.join(tmpdir(), 'drawbridge-bench-browser-'))
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(
    executable,
    ['--headless', '--disable-gpu', ...quiet, ...asRoot, `--user-data-dir=${profile}`, url],
    {
      stdio: 'ignore',
    },
  )
  const ended = once(child, 'exit')
  return {
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill()
        await ended
      }
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
