import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { SpkiDer } from '@/lib/crypto'
import { justGoOn, type Look, sha256Hex, spkiOfPem } from './token-ceremony'

interface KekWish {
  vaultName: string
  name: string
  bits: 2048 | 3072 | 4096
}

/** What is carried to the source HSM. */
export interface CarriedKek {
  name: string
  /** The KEK's page. */
  url: string
  kid: string
  /** From the downloaded file alone. */
  spki: SpkiDer
  spkiSha256: string
}

/** Creates a KEK on its form. Ends on the KEK's page. */
export async function createKek(page: Page, { vaultName, name, bits }: KekWish, look: Look = justGoOn): Promise<void> {
  await page.goto('/keks')
  await look(page, 'KEKs')
  await page.getByRole('link', { name: 'Create a KEK' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create a key exchange key')
  await look(page, 'KEK form')
  await page.getByLabel('Vault', { exact: true }).selectOption({ label: `${vaultName} (local)` })
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: `${bits} bits` }).check()
  await page.getByRole('button', { name: 'Create KEK' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 20_000 })
}

/** Downloads the public key from the KEK's page, and reads its identifier there. */
export async function carryKek(page: Page, name: string): Promise<CarriedKek> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download public key' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe(`${name}.publickey.pem`)
  const spki = spkiOfPem(readFileSync(await download.path(), 'utf8'))
  const kid = (await detail(page, 'Key identifier').getByRole('code').textContent()) ?? ''
  return { name, url: page.url(), kid, spki, spkiSha256: sha256Hex(spki) }
}

/** The value beside a term of a description list. */
export function detail(page: Page, term: string) {
  return page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]')
}
