import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { searchFor } from '@/lib/testing/canary/find-needles'
import { type Needle, needlesOf, needlesOfText } from '@/lib/testing/canary/needles'
import { listenerOn, readMemory } from '@/lib/testing/canary/process-memory'
import { importKeyFile } from './support/actions-key-file'
import { makeKek, uniqueName } from './support/actions-wizard'
import { allLogs, keptByBrowser, pageHeap, watchPage, wholeDatabase } from './support/evidence'
import { installation, officerWith } from './support/installation'
import { KEY_FILES, type KeyFile, rawKeyFile } from './support/key-files'
import { openAs } from './support/sign-in'

const FORMATS = Object.entries(KEY_FILES)

function needlesOfFile(format: string, { secrets, passphrase }: KeyFile): Needle[] {
  const ofKey = secrets.flatMap(({ name, bytes }) => needlesOf({ name: `${format}: ${name}`, bytes }))
  return [...ofKey, ...(passphrase === null ? [] : needlesOfText(`${format}: passphrase`, passphrase))]
}

/** Something that is sent, kept and shown on purpose: a search that does not find it proves nothing. */
function newPlant() {
  const text = randomBytes(12).toString('hex')
  const needle: Needle = { canary: 'planted', form: 'text', bytes: Buffer.from(text) }
  return { text, needle }
}

const PLANTED = [{ canary: 'planted', form: 'text' }]

test('no byte of a key and no passphrase is anywhere but in the worker: whatever the format of its file', async ({
  browser,
}) => {
  test.setTimeout(900_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const watched = watchPage(page)
  const plant = newPlant()
  const needles: Needle[] = [plant.needle]
  const { id: kekId } = await makeKek(page)
  const { id: hsmKekId } = await makeKek(page, 'local-hsm')
  let hidden = 0

  async function cross(format: string, file: KeyFile, kek: string) {
    const own = needlesOfFile(format, file)
    needles.push(...own)
    const name = `${uniqueName('canary')}-${hidden === 0 ? plant.text : ''}`.replace(/-$/, '')
    await importKeyFile(page, kek, file, name)
    const found = searchFor([...own, plant.needle])(await pageHeap(page))
    expect(found, `the page’s heap after ${format}`).toEqual(hidden === 0 ? PLANTED : [])
    hidden += own.length
  }

  for (const [format, make] of FORMATS) {
    await test.step(format, () => cross(format, make(), kekId))
  }
  await test.step('raw symmetric key', () => cross('raw', rawKeyFile(), hsmKekId))

  await page.evaluate((text) => {
    localStorage.setItem('planted', text)
    // biome-ignore lint/suspicious/noConsole: the plant that the search of the browser's console must find
    console.info(text)
  }, plant.text)
  const search = searchFor(needles)
  expect(hidden).toBeGreaterThan(500)

  await test.step('what was sent, kept and said by the browser', async () => {
    expect(search(watched.requests()), 'requests').toEqual(PLANTED)
    expect(search(await keptByBrowser(page)), 'storage').toEqual(PLANTED)
    expect(search(watched.said()), 'the browser’s console').toEqual(PLANTED)
  })

  await test.step('what the server keeps', async () => {
    expect(search(await wholeDatabase()), 'the database').toEqual(PLANTED)
    const logs = allLogs()
    expect(logs.includes('imports.submit'), 'the acts are in the logs that were searched').toBe(true)
    expect(
      search(logs).filter(({ canary }) => canary !== 'planted'),
      'logs',
    ).toEqual([])
  })

  await test.step('the console’s whole memory', () => {
    const found = new Map<string, { canary: string; form: string }>()
    const bytes = readMemory(listenerOn(Number(new URL(installation().console.url).port)), (piece) => {
      for (const hit of search(piece)) found.set(`${hit.canary} ${hit.form}`, hit)
    })
    expect(bytes, 'a Node process has more than that').toBeGreaterThan(50_000_000)
    expect([...found.values()]).toEqual(PLANTED)
  })
  await page.context().close()
})
