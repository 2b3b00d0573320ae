import { expect, type Page } from '@playwright/test'
import { submitButton, uniqueName, walkToAnswers } from './actions-wizard'
import { sealNewKey } from './blobs'
import { confirmIdentity } from './confirm-identity'

export interface Waiting {
  importId: string
  name: string
  recorded: string
}

/** Imports a fresh key by the wizard; it waits for its review. */
export async function importKey(page: Page, kekId: string, kekName: string): Promise<Waiting> {
  const key = await sealNewKey(kekName)
  const name = uniqueName('attacked')
  await walkToAnswers(page, kekId, key, name)
  await submitButton(page).click()
  await confirmIdentity(page)
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/, { timeout: 20_000 })
  const importId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  return { importId, name, recorded: key.publicKeySha256 }
}

export async function fillReview(page: Page, { importId, recorded }: Waiting): Promise<void> {
  await page.goto(`/review/${importId}`)
  await page.getByLabel('Value from the ceremony record').fill(recorded)
  await expect(page.getByText(/^Recognised as/)).toBeVisible()
  await page.getByLabel('Reason').fill('Compared with the ceremony record')
}
