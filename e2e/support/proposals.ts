import { expect, type Page } from '@playwright/test'
import { confirmIdentity } from './confirm-identity'

/** The one waiting proposal of this title, as somebody opens it from the inbox. */
export async function openProposal(page: Page, title: string): Promise<void> {
  await page.goto('/proposals')
  await page.getByRole('table', { name: 'Proposals that wait' }).getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
}

/** Confirms the open proposal, with a reason and a proof of who it is. */
export async function confirmProposal(page: Page): Promise<void> {
  await page.getByLabel('Reason').fill('As agreed on the phone')
  await page.getByRole('button', { name: 'Confirm this proposal' }).click()
  await confirmIdentity(page)
}
