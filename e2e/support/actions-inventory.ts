import { expect, type Locator, type Page } from '@playwright/test'
import { confirmIdentity } from './confirm-identity'

/** The inventory's row of that key, once the vaults were asked again. Another's refresh may have begun before the key was. */
export async function findInInventory(page: Page, name: string): Promise<Locator> {
  await page.goto(`/keys?q=${name}`)
  const row = page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: name }).first()
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByText('Every vault was asked.')).toBeVisible()
    await expect(row).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  return row
}

/** The page of a key, by the inventory. Answers the connection's id. */
export async function openKey(page: Page, name: string): Promise<string> {
  const row = await findInInventory(page, name)
  await row.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page.getByRole('button', { name: 'Request enabling' })).toBeVisible()
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

/** What undoes a stop asks who is there; a stop is one click. */
const NEEDS_PROOF: readonly string[] = ['Send the request']

/** Opens the dialog of an act on the shown version, gives the reason and confirms. */
export async function actOnVersion(page: Page, button: string, confirm: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const dialog = page.getByRole('dialog').filter({ has: page.getByLabel('Reason') })
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: confirm, exact: true }).click()
  if (NEEDS_PROOF.includes(confirm)) await confirmIdentity(page)
  await expect(dialog).toBeHidden()
}
