import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { openKeyFile } from './support/actions-key-file'
import { makeKek, openFileStep } from './support/actions-wizard'
import { installation, officerWith } from './support/installation'
import { KEY_FILES } from './support/key-files'
import { openAs } from './support/sign-in'

/** Texts that minifying leaves as they are, each of one part that belongs in the worker alone. */
const READER = 'This is a PuTTY key'
const LINER = 'K-256'
const FIRST_CHUNK_AT_MOST = 120 * 1024
/** The liner with the shim in place of Node's crypto; without it crypto-browserify comes along, another 130 kB. */
const LINER_AT_MOST = 160 * 1024

const chunk = async (page: Page, address: string) => (await page.request.get(address)).text()
/** Which of the marks are in these scripts: never the scripts themselves in a report. */
const marksIn = (texts: readonly string[]) =>
  [READER, LINER].filter((mark) => texts.some((text) => text.includes(mark)))
const compressed = (texts: readonly string[]) => texts.reduce((sum, text) => sum + gzipSync(text).length, 0)

/** Every script that the page itself has loaded. */
async function scriptsOf(page: Page): Promise<string[]> {
  const addresses = await page.evaluate(() => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    return [...new Set([...loaded, ...[...document.scripts].map(({ src }) => src)])]
  })
  const ours = addresses.filter((address) => new URL(address, 'http://none').pathname.endsWith('.js'))
  return Promise.all(ours.map((address) => chunk(page, address)))
}

/** Whether `crypto` is the browser's own: nothing has put another in its place, or patched it. */
function cryptoIsNative(): boolean {
  const own = (value: unknown) =>
    typeof value === 'function' && /\[native code\]/.test(Function.prototype.toString.call(value))
  const { subtle } = crypto
  const methods = [subtle.importKey, subtle.decrypt, subtle.encrypt, subtle.deriveBits, crypto.getRandomValues]
  return (
    crypto instanceof Crypto && subtle instanceof SubtleCrypto && methods.every(own) && Object.keys(subtle).length === 0
  )
}

test('readers of key files are the worker’s alone, what is seldom needed comes when it is met, and crypto stays native', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const { id } = await makeKek(page)

  await test.step('the inventory carries nothing of it', async () => {
    await page.goto('/keys')
    await expect(page.getByRole('table').first()).toBeVisible()
    const scripts = await scriptsOf(page)
    expect(scripts.length).toBeGreaterThan(5)
    expect(marksIn(scripts)).toEqual([])
    expect(
      scripts.some((text) => text.includes('turbopack-worker')),
      'what starts the worker',
    ).toBe(false)
  })

  await openFileStep(page, id)
  expect(marksIn(await scriptsOf(page)), 'the wizard’s own scripts').toEqual([])
  expect(await page.evaluate(cryptoIsNative)).toBe(true)

  const loaded = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) loaded.add(pathname)
  })

  await test.step('a plain file needs the first chunk alone', async () => {
    await openKeyFile(page, KEY_FILES['PKCS#8, DER']())
    const first = await Promise.all([...loaded].map((address) => chunk(page, address)))
    expect(marksIn(first)).toEqual([READER])
    expect(compressed(first)).toBeLessThan(FIRST_CHUNK_AT_MOST)
  })

  await test.step('an old file brings the liner, and its crypto takes no other’s place', async () => {
    loaded.clear()
    await openKeyFile(page, KEY_FILES['PKCS#12, 3DES']())
    const all = await Promise.all([...loaded].map((address) => chunk(page, address)))
    const liner = all.filter((text) => text.includes(LINER))
    expect(liner).not.toEqual([])
    expect(compressed(liner)).toBeLessThan(LINER_AT_MOST)
    const [worker] = page.workers()
    expect(await worker?.evaluate(cryptoIsNative)).toBe(true)
    expect(await page.evaluate(cryptoIsNative)).toBe(true)
  })

  await test.step('the worker can reach nobody', async () => {
    const [worker] = page.workers()
    const address = `${installation().console.url}/api/status`
    const answer = await worker?.evaluate((url) => fetch(url).then(String, ({ name }) => name), address)
    expect(answer).toBe('TypeError')
  })
  await page.context().close()
})
