import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import {
  givePassphrase,
  importKeyFile,
  openInTheClear,
  openKeyFile,
  sealFound,
  submitDescribed,
} from './support/actions-key-file'
import {
  choosePurpose,
  describeSealedKey,
  expectStep,
  goOn,
  makeKek,
  openFileStep,
  uniqueName,
} from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { asUpload } from './support/blobs'
import { sql } from './support/database'
import { officerWith } from './support/installation'
import { certificateFile, KEY_FILES, rawKeyFile, twoKeysFile } from './support/key-files'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const fileField = (page: Page) => page.getByLabel('Key file or transfer blob')
const custodian = () => officerWith(['custodian'])

test('a wrong passphrase loses nothing, and what is found is shown before anything is sealed', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page)
  const file = { ...KEY_FILES['PKCS#8, encrypted'](), fileName: `${'of-a-long-name-'.repeat(9)}.pem` }
  const name = uniqueName('locked')
  await openFileStep(page, kek.id)

  await test.step('the passphrase is asked for, and the field gives it away once', async () => {
    await fileField(page).setInputFiles(asUpload(file))
    const passphrase = page.getByLabel(/^Passphrase of /)
    await expect(passphrase).toBeFocused()
    await expectAccessible(page, 'passphrase')
    await expectFits(page, 360)
    await givePassphrase(page, 'not this one')
    await expect(page.getByText(/The passphrase does not open the file/)).toBeVisible()
    await expect(passphrase).toBeFocused()
    await expect(passphrase).toHaveValue('')
    await goOn(page)
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Give the passphrase')
  })

  await test.step('type, thumbprints and warnings stand there, and nothing has been sealed', async () => {
    await givePassphrase(page, file.passphrase ?? '')
    const found = page.getByRole('region', { name: 'Found in the file' })
    await expect(found).toContainText('P-256')
    await expect(found.getByRole('button', { name: 'Copy the key’s SPKI SHA-256' })).toBeVisible()
    await expectAccessible(page, 'found key')
    await goOn(page)
    await expectStep(page, 'Give the key file or transfer blob')
    await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Seal the key')
  })

  await test.step('sealed, its public key is what is expected, and what arrives is that key', async () => {
    await sealFound(page)
    await expect(page.getByText('Filled in from the key file:')).toBeVisible()
    await expectAccessible(page, 'sealed key')
    await goOn(page)
    await describeSealedKey(page, name)
    await goOn(page)
    await submitDescribed(page)
    await expect(page.getByText('Software key, sealed in the browser').first()).toBeVisible()
    const [row] = await sql('SELECT origin, public_key_sha256 FROM import WHERE key_name = $1', [name])
    expect(row).toEqual({ origin: 'sealed_in_browser', public_key_sha256: file.spkiSha256 })
  })
  await page.context().close()
})

test('of several keys one is chosen; what is no key is refused in its own words; a blob goes the way of a blob', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page)
  await openFileStep(page, kek.id)

  await fileField(page).setInputFiles(asUpload(certificateFile()))
  await expect(page.getByRole('alert').filter({ hasText: 'can’t be imported' })).toContainText('This is a certificate')
  await expectAccessible(page, 'refused key file')
  await goOn(page)
  await expectStep(page, 'Give the key file or transfer blob')

  const two = twoKeysFile()
  await fileField(page).setInputFiles(asUpload(two))
  const choices = page.getByRole('group', { name: 'Which of them is to cross' }).getByRole('radio')
  await expect(choices).toHaveCount(2)
  await expect(page.getByRole('button', { name: /^Seal the key under/ })).toHaveCount(0)
  await goOn(page)
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Choose which')
  await choices.nth(1).check()
  await expectAccessible(page, 'several keys')
  await sealFound(page)
  const shown = page.getByRole('button', { name: 'Copy the key’s SPKI SHA-256' })
  await shown.click()
  await expect(page.getByText((two.spkiSha256[1] ?? '').slice(0, 4), { exact: true }).first()).toBeVisible()
  await page.context().close()
})

test('a symmetric key shows its check values and says that its format can’t show damage', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page, 'local-hsm')
  await openFileStep(page, kek.id)
  await openKeyFile(page, rawKeyFile())
  const found = page.getByRole('region', { name: 'Found in the file' })
  await expect(found).toContainText('Check value (CMAC)')
  await expect(found).toContainText('This format can’t show damage: compare the value with your record.')
  await expectAccessible(page, 'symmetric key')
  await page.context().close()
})

test('a worker lives from the file to its sealing, and a draft knows nothing of the file', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page)
  const name = uniqueName('no-file')
  const file = KEY_FILES['SEC 1']()
  await openFileStep(page, kek.id)
  expect(page.workers()).toHaveLength(0)
  await openKeyFile(page, file)
  expect(page.workers()).toHaveLength(1)
  await page.getByRole('button', { name: 'Let the key go' }).click()
  await expect.poll(() => page.workers().length).toBe(0)
  await openKeyFile(page, file)
  await sealFound(page)
  await expect.poll(() => page.workers().length).toBe(0)
  await goOn(page)
  await describeSealedKey(page, name)
  await expect(page).toHaveURL(/[?&]draft=[0-9a-f-]{36}/, { timeout: 15_000 })
  await goOn(page)
  await expect(page.getByText('It holds your answers, and nothing of the key file.')).toBeVisible()
  const drafts = await sql("SELECT file_name, file_sha256, file_length FROM import_draft WHERE answers->>'name' = $1", [
    name,
  ])
  expect(drafts).toEqual([{ file_name: null, file_sha256: null, file_length: null }])
  await page.context().close()
})

test('the outbound ledger names every body that was sent, and can be saved with the record', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page)
  const sent: Buffer[] = []
  page.on('request', (request) => {
    const body = request.postDataBuffer()
    if (body) sent.push(body)
  })
  const before = sent.length
  await importKeyFile(page, kek.id, KEY_FILES['PKCS#8, DER'](), uniqueName('ledger'))
  const summary = page.getByText(/^What this page has sent since the file was chosen: \d+ requests?/)
  await summary.click()
  await expect(page.getByRole('table', { name: 'Requests of this page' })).toBeVisible()
  await expect(page.getByText('It proves nothing against a server that altered the page')).toBeVisible()
  await expectAccessible(page, 'outbound ledger')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save this list with your record' }).click()
  const saved = await (await saving).path()
  const ledger = JSON.parse(readFileSync(saved, 'utf8'))
  const listed: string[] = ledger.requests.flatMap(({ body }: { body: { sha256?: string } }) => body.sha256 ?? [])
  const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('hex')
  const withheld = sent.slice(before).filter((body) => /"password"/.test(body.toString('latin1')))
  const expected = sent.slice(before).filter((body) => !withheld.includes(body))
  expect(expected.length).toBeGreaterThan(1)
  expect(new Set(listed)).toEqual(new Set(expected.map(sha256).filter((each) => listed.includes(each))))
  const submit = expected.findLast((body) => body.includes('sealed_in_browser'))
  expect(listed, 'the submission itself').toContain(sha256(submit ?? Buffer.alloc(0)))
  await page.context().close()
})

test('without a KEK the server sees the key: said plainly, acknowledged, and recorded for good', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, custodian())
  const name = uniqueName('clear')
  const file = KEY_FILES['PKCS#8, PEM']()
  await openInTheClear(page, file)
  await expect(page.getByText('The server will see this private key.')).toBeVisible()
  await expectAccessible(page, 'key in the clear')
  await goOn(page)
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toContainText('Acknowledge')
  await page.getByLabel('I know that the server will see the private key').check()
  await goOn(page)
  await expectStep(page, 'Describe the key')
  await page.getByLabel('Name in the vault').fill(name)
  await expect(page.getByRole('group', { name: /^What is to hold/ }).getByRole('radio', { checked: true })).toHaveCount(
    0,
  )
  await page.getByRole('radio', { name: /^Software / }).check()
  await choosePurpose(page)
  await expectAccessible(page, 'protection')
  await goOn(page)
  await submitDescribed(page)
  await expect(page.getByText('Software key, seen by the server on its way').first()).toBeVisible()
  expect(page.workers()).toHaveLength(0)
  const { key } = await vaultKeys().getKey(name)
  expect(key?.kty).toBe('RSA')
  await page.context().close()
})

test('from its passphrase to its sealing a key file needs the keyboard alone, and the focus goes along', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, custodian())
  const kek = await makeKek(page)
  const file = KEY_FILES['OpenSSH, encrypted']()
  const { keyboard } = page
  await openFileStep(page, kek.id)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await fileField(page).setInputFiles(asUpload(file))

  const passphrase = page.getByLabel(/^Passphrase of /)
  await expect(passphrase).toBeFocused()
  await keyboard.type('not this one')
  await keyboard.press('Enter')
  await expect(page.getByText(/The passphrase does not open the file/)).toBeVisible({ timeout: 30_000 })
  await expect(passphrase).toBeFocused()
  await keyboard.insertText(file.passphrase ?? '')
  await keyboard.press('Enter')

  const found = page.getByRole('region', { name: 'Found in the file' })
  await expect(found.locator('xpath=..')).toBeFocused({ timeout: 30_000 })
  const seal = page.getByRole('button', { name: /^Seal the key under / })
  await tabTo(page, seal)
  await keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'The key that was sealed' })).toBeFocused({ timeout: 30_000 })
  await tabTo(page, page.getByRole('button', { name: 'Continue', exact: true }))
  await keyboard.press('Enter')
  await expectStep(page, 'Describe the key')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.context().close()
})

/** However long a file's name: nothing of the page is beside a narrow screen. */
async function expectFits(page: Page, width: number): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  if (before) await page.setViewportSize(before)
}

async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stops = 0; stops < 40; stops += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
}
