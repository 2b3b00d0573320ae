import { expect, type Page } from '@playwright/test'
import { confirmIdentity } from './confirm-identity'
import { justGoOn, type Look } from './token-ceremony'

/** What the approver has from the ceremony: a file that the HSM exported, or a value read from paper. */
export type GivenValue = { file: { name: string; bytes: Buffer } } | { text: string }

/** By the navigation to the inbox, whose count stands in navigation and title, and into the review of this key. */
export async function openReview(page: Page, keyName: string, look: Look = justGoOn): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Review/ })
  await expect(link).toContainText(/\d+ waiting/)
  await link.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reviews')
  // Others import and decide meanwhile: the two must come to agree.
  await expect
    .poll(async () => {
      const inNavigation = /(\d+) waiting/.exec((await link.textContent()) ?? '')?.[1]
      return inNavigation !== undefined && (await page.title()).startsWith(`(${inNavigation}) Reviews`)
    })
    .toBe(true)
  const row = page.getByRole('table', { name: 'Reviews that wait' }).getByRole('row').filter({ hasText: keyName })
  await expect(row).toContainText('You may decide it.')
  await look(page, 'inbox')
  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^Review \\S+: ${keyName}$`))
}

/** Gives value and reason, and enables. What comes of it is for the caller to expect. */
export async function enable(page: Page, given: GivenValue, recognisedAs: string): Promise<void> {
  if ('file' in given) {
    await page.getByLabel('Or the public key file that the HSM exported').setInputFiles({
      name: given.file.name,
      mimeType: 'application/x-pem-file',
      buffer: given.file.bytes,
    })
  } else {
    await page.getByLabel('Value from the ceremony record').fill(given.text)
  }
  await expect(page.getByText(`Recognised as ${recognisedAs}`)).toBeVisible()
  await page.getByLabel('Reason').fill('Compared with the ceremony record on paper')
  await page.getByRole('button', { name: 'Enable this version' }).click()
  await confirmIdentity(page)
}
