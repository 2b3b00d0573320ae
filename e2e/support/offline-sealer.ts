import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, expect, type Page } from '@playwright/test'

/** Where `npm start` made it, before the console. */
export const SEALER_FILE = path.join(import.meta.dirname, '../../build/sealer/drawbridge-sealer.html')

/** Opened from disk, in a browser that has no network at all. */
export async function openSealer(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ acceptDownloads: true, offline: true })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('close', () => expect.soft(complaints, 'what the page said to the browser’s console').toEqual([]))
  await page.goto(pathToFileURL(SEALER_FILE).href)
  await expect(page.getByRole('heading', { level: 1, name: 'Offline sealer' })).toBeVisible()
  return page
}

/** As an officer gives it: both on paper, or the sheet's QR text alone. */
export type KekOnPaper = { kid: string; pem: string } | { qr: string }

export async function giveKek(page: Page, kek: KekOnPaper): Promise<void> {
  const panel = page.getByRole('tabpanel')
  await panel.getByLabel(/^Public key of the KEK/).fill('qr' in kek ? kek.qr : kek.pem)
  await panel.getByLabel('Key identifier (kid)').fill('qr' in kek ? '' : kek.kid)
  await panel.getByRole('button', { name: 'Show the KEK' }).click()
}

export const confirmKek = (page: Page) => page.getByRole('checkbox', { name: /^I compared all sixteen groups/ }).check()

export interface KeyFile {
  name: string
  content: Buffer | string
  passphrase?: string
}

export const giveKeyFile = (page: Page, { name, content }: KeyFile) =>
  page
    .getByLabel('Key file')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })

export async function typePassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.getByRole('button', { name: 'Open the file' }).click()
}

const sealButton = (page: Page) => page.getByRole('button', { name: 'Seal the key' })

export interface SealedFiles {
  blob: Buffer
  record: string
  /** null for a symmetric key. */
  publicKeyPem: string | null
}

/** Opens the file, seals the key under the KEK that was given before, and saves what there is to save. */
export async function sealKeyFile(page: Page, file: KeyFile): Promise<SealedFiles> {
  await giveKeyFile(page, file)
  if (file.passphrase !== undefined) await typePassphrase(page, file.passphrase)
  await expect(page.getByRole('heading', { name: `Found in ${file.name}` })).toBeVisible({ timeout: 20_000 })
  await sealButton(page).click()
  await expect(page.getByText('Sealed. The key was wiped, and its worker has ended.')).toBeVisible()
  expect(page.workers()).toEqual([])
  const publicKey = page.getByRole('button', { name: 'Save the public key' })
  return {
    blob: await saved(page, /^Save .*\.byok$/),
    record: (await saved(page, 'Save the record')).toString('utf8'),
    publicKeyPem: (await publicKey.count()) > 0 ? (await saved(page, 'Save the public key')).toString('utf8') : null,
  }
}

async function saved(page: Page, name: string | RegExp): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFileSync(await download.path())
}

export async function inspectBlob(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
  await page.getByLabel('Transfer blob (.byok)').setInputFiles(file)
  await expect(page.getByRole('heading', { name: `Checks of ${name}` })).toBeVisible()
}
