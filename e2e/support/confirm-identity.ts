import { expect, type Page } from '@playwright/test'
import type { Officer } from './installation'
import { officerOf } from './sign-in'

/** Answers the dialog that an act opens when it asks who is there. */
export async function confirmIdentity(page: Page, officer: Officer = officerOf(page)): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Your password').fill(officer.password)
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(dialog).toBeHidden()
}
