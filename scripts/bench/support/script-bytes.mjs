import { chromium } from '@playwright/test'

/** Bytes of JavaScript as they cross the wire on a first visit, everything it loads by itself included. @param {string} url @param {string} cookie */
export async function scriptBytes(url, cookie) {
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  const browser = await chromium.launch({ executablePath, args })
  try {
    const context = await browser.newContext()
    const { hostname } = new URL(url)
    await context.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        domain: hostname,
        path: '/',
      })),
    )
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    const scripts = new Set()
    let bytes = 0
    devtools.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    return bytes
  } finally {
    await browser.close()
  }
}
