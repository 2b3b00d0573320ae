import { expect, type Page, test } from '@playwright/test'
import { dumpDatabase } from '@/lib/testing/journey/dump-database'
import { encodingsIn } from '@/lib/testing/journey/traces'
import { describeKey, expectStep, giveFile, goOn, makeKek, openFileStep, uniqueName } from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { databaseUrl } from './support/database'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'

/** Everything that this browser keeps for the console, as text. */
async function keptByBrowser(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const caches = 'caches' in window ? await window.caches.keys() : []
    const storage = [localStorage, sessionStorage].map((kept) => Object.entries(kept))
    return JSON.stringify({ databases, caches, storage, history: history.state, address: location.href })
  })
}

test('a draft keeps the answers and the hash, never the file', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  const key = await sealNewKey(kek.name)
  const other = await sealNewKey(kek.name)
  const name = uniqueName('draft')
  const problems = page.getByRole('alert').filter({ hasText: 'There is a problem' })

  await openFileStep(page, kek.id)
  await giveFile(page, key)
  await goOn(page)
  await expectStep(page, 'Describe the key')
  await describeKey(page, name)
  await expect(page).toHaveURL(/[?&]draft=[0-9a-f-]{36}/, { timeout: 15_000 })
  await goOn(page)
  await expectStep(page, 'Preflight')
  // The last change was the purpose: it is in what was saved.
  await expect(page.getByText('It holds your answers and the file’s hash, never the file.')).toBeVisible()

  await test.step('neither the browser nor the database holds a byte of the file', async () => {
    const ciphertext = Buffer.from(key.ciphertext, 'base64url')
    const kept = await keptByBrowser(page)
    expect(encodingsIn(kept, ciphertext)).toEqual([])
    expect(encodingsIn(kept, key.bytes)).toEqual([])
    const { tables, binaryColumns } = await dumpDatabase(databaseUrl())
    const all = [...tables.values()].join('\n')
    expect(all, 'the draft is in what was searched').toContain(name)
    expect(encodingsIn(all, ciphertext)).toEqual([])
    expect(encodingsIn(all, key.bytes)).toEqual([])
    expect(binaryColumns, 'of bytes there are public keys of passkeys alone').toEqual(['public.passkey.public_key'])
  })

  await test.step('going on asks for the same file', async () => {
    await page.goto('/import/new')
    await page.getByText(/begun and not submitted/).click()
    await page.getByRole('link', { name: `${name}, ${key.fileName}` }).click()
    await goOn(page)
    await expectStep(page, 'Give the key file or transfer blob')
    await expect(page.getByText(`Choose ${key.fileName} again.`)).toBeVisible()
    await goOn(page)
    await expect(problems).toContainText('a draft never keeps the file')
  })

  await test.step('another file is refused, though it is sound and has the same name', async () => {
    await giveFile(page, { ...other, fileName: key.fileName })
    await expect(page.getByText(`This is not the ${key.fileName} that the draft was made with.`)).toBeVisible()
    await goOn(page)
    await expectStep(page, 'Give the key file or transfer blob')
    await expect(problems).toContainText('This is not the file the draft was made with')
  })

  await test.step('the same file goes on, by whatever name, with the answers as they were', async () => {
    await giveFile(page, { ...key, fileName: 'copied-from-the-stick.byok' })
    await expect(page.getByText(`This is not the ${key.fileName}`)).toHaveCount(0)
    await goOn(page)
    await expectStep(page, 'Describe the key')
    await expect(page.getByLabel('Name in the vault')).toHaveValue(name)
    await expect(page.getByRole('radio', { name: 'Sign', exact: true })).toBeChecked()
  })

  await test.step('a draft can be discarded', async () => {
    await page.goto('/import/new')
    await page.getByText(/begun and not submitted/).click()
    await page.getByRole('button', { name: `Discard the draft of ${name}` }).click()
    await expect(page.getByRole('button', { name: `Discard the draft of ${name}` })).toHaveCount(0)
  })
  await page.context().close()
})
