import { readFileSync } from 'node:fs'
import { expect, type Page, type Request, test } from '@playwright/test'
import { makeKek, uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { type BatchFolder, makeBatchFolder } from './support/batch-folder'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

const SLOW_KDF = 60_000
const hsm = () => vaultKeys('azure-managed-hsm')

const row = (page: Page, file: string) =>
  page
    .getByRole('table', { name: 'Queue' })
    .getByRole('row')
    .filter({ has: page.getByText(file, { exact: true }) })

async function openQueue(page: Page, kekId: string, folder: BatchFolder): Promise<void> {
  await page.goto(`/import/queue?kek=${kekId}`)
  await page.getByLabel('Choose a folder').setInputFiles(folder.path)
}

async function givePassphrase(page: Page, passphrase: string): Promise<void> {
  const field = page.getByLabel(/^Passphrase of the encrypted file/)
  await field.fill(passphrase)
  await page.getByRole('button', { name: /^Open and seal / }).click()
}

const isSubmission = (request: Request) => {
  const body = request.postDataBuffer()
  return Boolean(body?.includes('acknowledgedWarnings') && !body.includes('"imports"'))
}

test('a folder with its manifest: what can’t go stops nothing; cancelled and resumed; told in a table', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page, 'local-hsm')
  const folder = await makeBatchFolder(kek.name, uniqueName('batch'))
  const imported = Object.keys(folder.names)

  await test.step('the manifest is read line by line before anything starts', async () => {
    await openQueue(page, kek.id, folder)
    await expect(page.getByText('12 files will go by the manifest. 1 line can’t be followed.')).toBeVisible()
    const wrong = page.getByRole('table', { name: 'Lines that can’t be followed' }).getByRole('row').nth(1)
    await expect(wrong).toContainText('14')
    await expect(wrong).toContainText('letters, digits and hyphens')
    await expect(wrong).toContainText('“singing” is no operation')
    await expect(row(page, 'wrong-row.pem')).toContainText('Stays out')
    await expect(row(page, 'not-named.pem')).toContainText('No line of the manifest names this file')
    await expectAccessible(page, 'queue with a manifest')
  })

  await test.step('each file is read and sealed, or says what is wrong with it', async () => {
    await page.getByRole('button', { name: 'Read and seal' }).click()
    for (const file of ['locked.pem', 'slow.pem', 'store.p12']) await expect(row(page, file)).toContainText('Encrypted')
    await expect(row(page, 'certificate.pem')).toContainText('This is a certificate')
    await expect(row(page, 'two.pem')).toContainText('It holds 2 keys: import it by itself')
    await expect(row(page, 'mistaken.pem')).toContainText('not the one that the manifest expects')
    for (const file of ['plain.pem', 'sub/sec1.pem', 'expected.pem', 'key.jwk', 'aes.bin']) {
      await expect(row(page, file)).toContainText('sealed here')
    }
    await expect(page.getByText('9 of 12 read, 3 encrypted')).toBeVisible()
    await expect.poll(() => page.workers().length).toBe(0)
  })

  await test.step('cancelled, what is sealed stays; resumed, the passphrase is asked for again', async () => {
    await givePassphrase(page, folder.passphrase)
    await expect(row(page, 'locked.pem')).toContainText('sealed here')
    await expect(row(page, 'slow.pem')).toContainText('Reading and sealing')
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(row(page, 'slow.pem')).toContainText('Encrypted')
    await expect(row(page, 'locked.pem')).toContainText('sealed here')
    await expect.poll(() => page.workers().length).toBe(0)
    await givePassphrase(page, folder.passphrase)
    await expect(row(page, 'slow.pem')).toContainText('sealed here', { timeout: SLOW_KDF })
    await expect(row(page, 'store.p12')).toContainText('The passphrase does not open the file')
    await givePassphrase(page, folder.otherPassphrase)
    await expect(row(page, 'store.p12')).toContainText('sealed here')
    await expect(page.getByText('12 of 12 read')).toBeVisible()
  })

  await test.step('a warning is acknowledged once for all that show it', async () => {
    await row(page, 'wrapped.byok').getByRole('button', { name: 'Open' }).click()
    const editor = page.getByRole('region', { name: 'wrapped.byok' })
    await editor.getByRole('radio', { name: 'P-256 (EC-HSM)', exact: true }).check()
    await editor.getByLabel('SPKI SHA-256, or the public key as PEM').fill('8067 395e, as far as I can read it')
    await expect(row(page, 'wrapped.byok')).toContainText('can’t be read as one')
    await editor.getByRole('button', { name: 'Close this file' }).click()
    await expect(row(page, 'wrapped.byok')).toContainText('can’t be read as one')
    // Opened again its field is empty, and so is what it says.
    await row(page, 'wrapped.byok').getByRole('button', { name: 'Open' }).click()
    await expect(row(page, 'wrapped.byok')).not.toContainText('can’t be read as one')
    await editor.getByRole('button', { name: 'Close this file' }).click()
    await expect(page.getByText('Asking the vault')).toHaveCount(0, { timeout: 30_000 })
    await expect(page.getByText('This format can’t show damage')).toBeVisible()
    for (const warning of await page.getByRole('checkbox', { name: /go on, for \d+ files?$/ }).all()) {
      await warning.check()
    }
    for (const file of imported) await expect(row(page, file)).toContainText('Ready')
    await expectAccessible(page, 'queue that is ready')
  })

  await test.step('stopped after one, it goes on by the same confirmation', async () => {
    const [stopped, letGo] = gate()
    const sent: Request[] = []
    await page.route('**/import/queue*', async (route, request) => {
      if (!isSubmission(request)) return route.continue()
      sent.push(request)
      await stopped
      return route.continue()
    })
    await page.getByRole('button', { name: `Import ${imported.length} keys, disabled for review` }).click()
    await confirmIdentity(page)
    await expect(page.getByText('1 is being sent')).toBeVisible()
    await page.getByRole('button', { name: 'Stop after this one' }).click()
    letGo()
    const rest = page.getByRole('button', { name: `Import ${imported.length - 1} keys, disabled for review` })
    await expect(rest).toBeEnabled()
    expect(sent).toHaveLength(1)
    await expect(page.getByText(`1 of 12 in review, 3 can’t be imported`)).toBeVisible()
    await rest.click()
    await expect(page.getByText(`${imported.length} of 12 in review`)).toBeVisible({ timeout: 60_000 })
    for (const file of imported) await expect(row(page, file)).toContainText('In review')
  })

  await test.step('they are in review, each as its line says', async () => {
    for (const [file, name] of Object.entries(folder.names)) {
      const { key, properties } = await hsm().getKey(name)
      expect(properties, file).toMatchObject({
        enabled: false,
        expiresOn: new Date('2030-06-30T23:59:59Z'),
        tags: expect.objectContaining({ owner: 'treasury', purpose: 'payments' }),
      })
      expect(key?.keyOps, file).toEqual(file === 'aes.bin' ? ['wrapKey', 'unwrapKey'] : ['sign', 'verify'])
      expect(await versionsOf(hsm(), name)).toHaveLength(1)
    }
    const rows = await sql('SELECT key_name, origin FROM import WHERE key_name = ANY($1)', [
      Object.values(folder.names),
    ])
    const wrapped = folder.names['wrapped.byok']
    const originOf = (name: string) => (name === wrapped ? 'transfer_blob' : 'sealed_in_browser')
    expect(Object.fromEntries(rows.map(({ key_name, origin }) => [key_name, origin]))).toEqual(
      Object.fromEntries(Object.values(folder.names).map((name) => [name, originOf(name)])),
    )
  })

  await test.step('the saved table, as the manifest in another tab, skips what is in review', async () => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the result table' }).click()
    const saved = await (await saving).path()
    const text = readFileSync(saved, 'utf8')
    expect(text.startsWith('\uFEFFfile,name,operations,expiry,tags,expected,state,reference,message')).toBe(true)
    expect(text.split('\r\n').filter((line) => /"In review","IMP-[^"]+","","[0-9a-f]{64}"/.test(line))).toHaveLength(
      imported.length,
    )
    const tab = await page.context().newPage()
    await openQueue(tab, kek.id, folder)
    await tab.getByLabel('Manifest').setInputFiles(saved)
    await expect(tab.getByText(`${imported.length} files skipped: in review already.`)).toBeVisible()
    await expect(row(tab, 'plain.pem')).toContainText('It is in review already as IMP-')
    await expect(tab.getByText('0 of 3 read')).toBeVisible()
  })
  folder.remove()
  await page.context().close()
})

/** A promise, and what keeps it. */
function gate(): [Promise<void>, () => void] {
  const stop = new AbortController()
  const opened = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  return [opened, () => stop.abort()]
}
