import { expect, type Page, test } from '@playwright/test'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import { makeKek, uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { asUpload, sealNewKey } from './support/blobs'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { acknowledgeDuties } from './support/people'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

const names = { first: uniqueName('queued'), second: uniqueName('queued'), broken: uniqueName('broken') }
const IN_A_YEAR = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 16)

const row = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Queue' })
    .getByRole('row')
    .filter({ hasText: `${name}.byok` })

const filesField = (page: Page) => page.getByLabel('Choose key files and transfer blobs')

/** Says what the file can't: the type, and that its warnings were read. */
async function answer(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole('button', { name: 'Open' }).click()
  const editor = page.getByRole('region', { name: `${name}.byok` })
  await expect(editor.getByLabel('Name in the vault')).toHaveValue(name)
  await editor.getByRole('radio', { name: 'P-256 (EC-HSM)', exact: true }).check()
  // What waits for the vault is no longer waited for once it has answered; its warnings stand then.
  await expect(row(page, name)).not.toContainText('Asking the vault')
  for (const warning of await editor.getByRole('checkbox', { name: /^I have read this warning/ }).all()) {
    await warning.check()
  }
  await expect(row(page, name)).toContainText('Ready')
}

test('three files in one go: the broken one stops no other, and a sound one takes its place', async ({ browser }) => {
  test.setTimeout(180_000)
  const officer = officerWith(['custodian'], 1)
  await acknowledgeDuties(officer)
  const page = await openAs(browser, officer)
  const kek = await makeKek(page)
  const seal = async (name: string) => ({ ...(await sealNewKey(kek.name)), fileName: `${name}.byok` })
  const [first, second] = [await seal(names.first), await seal(names.second)]
  const torn = brokenBlobs({ bytes: first.bytes, kekBits: 3072 }).find(({ id }) => id === 'two-ciphertexts')
  const broken = { fileName: `${names.broken}.byok`, bytes: Buffer.from(torn?.bytes ?? []) }

  await page.goto('/import/new')
  await page.getByRole('link', { name: 'Several files at once' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import several keys')
  await page.getByRole('radio', { name: /^local-vault \(/ }).check()
  await page.getByRole('radio', { name: new RegExp(`^${kek.name} `) }).check()
  await page.getByRole('radio', { name: 'Sign', exact: true }).check()
  await page.getByLabel('Expiry', { exact: true }).fill(IN_A_YEAR)
  await filesField(page).setInputFiles([first, broken, second].map(asUpload))
  await page.getByRole('button', { name: 'Read and seal' }).click()
  await expect(row(page, names.broken)).toContainText('Can’t be imported')
  await expect(row(page, names.first)).toContainText('Needs you')
  await answer(page, names.first)
  await expectAccessible(page, 'queue with an open file')
  await answer(page, names.second)

  await page.getByRole('button', { name: 'Import 2 keys, disabled for review' }).click()
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  for (const name of [names.first, names.second]) await expect(proof).toContainText(name)
  await confirmIdentity(page)
  for (const name of [names.first, names.second]) {
    await expect(row(page, name)).toContainText('In review')
    await expect(row(page, name).getByRole('link', { name: /^IMP-/ })).toBeVisible()
    expect(await versionsOf(vaultKeys(), name)).toHaveLength(1)
  }
  await expect(page.getByText('2 of 3 in review, 1 can’t be imported')).toBeVisible()
  expect(await versionsOf(vaultKeys(), names.broken)).toEqual([])

  // Something is left: leaving asks, and staying keeps everything.
  page.once('dialog', (dialog) => void dialog.dismiss())
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).click()
  await expect(row(page, names.broken)).toBeVisible()

  await row(page, names.broken).getByRole('button', { name: 'Remove' }).click()
  await filesField(page).setInputFiles(asUpload(await seal(names.broken)))
  await page.getByRole('button', { name: 'Go on: read and seal 1 more' }).click()
  await answer(page, names.broken)
  await page.getByRole('button', { name: 'Import 1 key, disabled for review' }).click()
  await confirmIdentity(page)
  await expect(page.getByText('3 of 3 in review')).toBeVisible()
  await row(page, names.broken).getByRole('link', { name: /^IMP-/ }).click()
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/)
  await page.context().close()
})
