import { expect, type Page } from '@playwright/test'
import { describeSealedKey, expectStep, goOn, openFileStep, submitButton } from './actions-wizard'
import { asUpload } from './blobs'
import { confirmIdentity } from './confirm-identity'
import { installation } from './installation'
import type { KeyFile } from './key-files'

const SLOW_KDF = 60_000

/** Chooses a key file, and gives its passphrase where it has one. Ends with what was found on the screen. */
export async function openKeyFile(page: Page, file: KeyFile): Promise<void> {
  await page.getByLabel('Key file or transfer blob').setInputFiles(asUpload(file))
  if (file.passphrase !== null) await givePassphrase(page, file.passphrase)
  const found = page.getByRole('region', { name: 'Found in the file' })
  await expect(found.getByText(file.shape, { exact: true }).first()).toBeVisible({ timeout: SLOW_KDF })
}

export async function givePassphrase(page: Page, passphrase: string): Promise<void> {
  const field = page.getByLabel(/^Passphrase of /)
  await field.fill(passphrase)
  await page.getByRole('button', { name: 'Open the file' }).click()
}

/** Seals what was found under the chosen KEK. */
export async function sealFound(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Seal the key under / }).click()
  await expect(page.getByText(/ is sealed under the KEK\.$/)).toBeVisible({ timeout: SLOW_KDF })
}

/** A key file through every step to the import's own page. */
export async function importKeyFile(page: Page, kekId: string, file: KeyFile, name: string): Promise<void> {
  await openFileStep(page, kekId)
  await openKeyFile(page, file)
  await sealFound(page)
  await goOn(page)
  await describeSealedKey(page, name)
  await goOn(page)
  await submitDescribed(page)
}

/** Up to the key that was found, over TLS. */
export async function openInTheClear(page: Page, file: KeyFile): Promise<void> {
  const vault = installation().vaults.find(({ kind }) => kind === 'azure-key-vault')?.name ?? ''
  await page.goto('/import/new')
  await page.getByRole('radio', { name: vault }).check()
  await page.getByRole('radio', { name: 'None: the server will see the private key' }).check()
  await goOn(page)
  await openKeyFile(page, file)
}

/** From preflight to the last step, every warning acknowledged. */
export async function passPreflight(page: Page): Promise<void> {
  await expectStep(page, 'Preflight')
  await expect(page.getByText('The vault was asked about name and KEK')).toBeVisible()
  const warnings = page.getByRole('checkbox', { name: 'I have read this warning and go on' })
  for (const warning of await warnings.all()) await warning.check()
  await goOn(page)
  await expectStep(page, 'Check your answers')
}

/** From preflight to the import's own page. */
export async function submitDescribed(page: Page): Promise<void> {
  await passPreflight(page)
  await submitButton(page).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  const done = page.getByRole('heading', { level: 1, name: /^Import IMP-/ })
  await expect(dialog.or(done)).toBeVisible({ timeout: 30_000 })
  if (await dialog.isVisible()) await confirmIdentity(page)
  await expect(done).toBeVisible({ timeout: 30_000 })
}
