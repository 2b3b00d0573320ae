import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { asUpload, type SealedKey } from './blobs'

/** A name that no other test and no earlier run has. */
export const uniqueName = (what: string) => `${what}-${randomUUID().slice(0, 8)}`

/** Makes a KEK by the form; ends on its page. Of 3072 bits, so that no check of strength warns. */
export async function makeKek(page: Page, vault = 'local-vault'): Promise<{ id: string; name: string }> {
  const name = uniqueName('kek')
  await page.goto('/keks/new')
  await page.getByLabel('Vault', { exact: true }).selectOption({ label: `${vault} (local)` })
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: '3072 bits' }).check()
  await page.getByRole('button', { name: 'Create KEK' }).click()
  await expect(page).toHaveURL(/\/keks\/[0-9a-f-]{36}$/, { timeout: 20_000 })
  return { id: new URL(page.url()).pathname.split('/').at(-1) ?? '', name }
}

/** Opens the wizard with vault and KEK chosen, at the step for the file. */
export async function openFileStep(page: Page, kekId: string): Promise<void> {
  await page.goto(`/import/new?kek=${kekId}`)
  await goOn(page)
  await expectStep(page, 'Give the key file or transfer blob')
}

export async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

export async function expectStep(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
}

export async function giveFile(page: Page, file: Pick<SealedKey, 'fileName' | 'bytes'>): Promise<void> {
  await page.getByLabel('Transfer blob').setInputFiles(asUpload(file))
  await expect(page.getByText(file.fileName).first()).toBeVisible()
}

export async function describeKey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name in the vault').fill(name)
  await page.getByRole('radio', { name: /^P-256 / }).check()
  await page.getByRole('radio', { name: 'Sign', exact: true }).check()
}

/** Of a key that was sealed from its file the type is known; what it is for is not. */
export async function describeSealedKey(page: Page, name: string): Promise<void> {
  await expectStep(page, 'Describe the key')
  await page.getByLabel('Name in the vault').fill(name)
  await expect(
    page.getByRole('group', { name: /^Type, with its size/ }).getByRole('radio', { checked: true }),
  ).toHaveCount(1)
  await choosePurpose(page)
}

/** The first purpose that a key of its type can have. */
export async function choosePurpose(page: Page): Promise<void> {
  const group = page.getByRole('group', { name: 'What is it for?' })
  await group.locator('input[type=radio]:not([disabled]):not([aria-disabled=true])').first().check({ timeout: 10_000 })
}

/** All the way to the last step, where one button submits it. */
export async function walkToAnswers(page: Page, kekId: string, key: SealedKey, name: string): Promise<void> {
  await openFileStep(page, kekId)
  await giveFile(page, key)
  await goOn(page)
  await expectStep(page, 'Describe the key')
  await describeKey(page, name)
  await goOn(page)
  await expectStep(page, 'Preflight')
  await expect(page.getByText(/^\d+ of \d+ checks passed/)).toBeVisible()
  await expect(page.getByText('The vault was asked about name and KEK')).toBeVisible()
  const warnings = page.getByRole('checkbox', { name: 'I have read this warning and go on' })
  for (const warning of await warnings.all()) await warning.check()
  await goOn(page)
  await expectStep(page, 'Check your answers')
}

export const submitButton = (page: Page) => page.getByRole('button', { name: 'Import key, disabled for review' })
