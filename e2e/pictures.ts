import { expect, type Page } from '@playwright/test'
import { policyText } from '@/lib/local-vault/testing/attest'
import { generateKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { givePassphrase } from './support/actions-key-file'
import { authority, debuggable, historyOf, IS_DEBUGGABLE, tokenWith } from './support/actions-release'
import { openFileStep } from './support/actions-wizard'
import { asUpload } from './support/blobs'
import { installation, officerWith } from './support/installation'
import { KEY_FILES } from './support/key-files'
import { openAs } from './support/sign-in'
import { type Look, test } from './support/token-ceremony'
import { importUnderKek } from './support/token-ceremony-import'
import { carryKek, createKek } from './support/token-ceremony-kek'
import { openReview } from './support/token-ceremony-review'
import { vaultKeys } from './support/vault-keys'

const FOLDER = 'public/pictures'

async function take(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.mouse.move(0, 0)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // What is still read stands as grey bars, and a picture shows what came.
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: '…' })).toHaveCount(0)
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
}

test('the README’s pictures', async ({ browser, token }) => {
  test.setTimeout(300_000)
  const key = generateKey(token, { family: 'EC', sizeOrCurve: 'P-384' })
  const vaultName = installation().vaults[0]?.name ?? ''
  const importer = await openAs(browser, officerWith(['custodian'], 0))
  await createKek(importer, { vaultName, name: 'ceremony-2026-11', bits: 4096 })
  const kek = await carryKek(importer, 'ceremony-2026-11')
  const file = wrapForAzure(token, { kekSpki: kek.spki, kekKid: kek.kid, key })
  await importer.goto(`${kek.url}/transfer-sheet`)
  await take(importer, 'transfer-sheet')
  await importer.goto(kek.url)
  const look: Look = (page, what) => (what === 'wizard: preflight' ? take(page, 'preflight') : Promise.resolve())
  const wish = { name: 'document-signing', type: 'P-384 (EC-HSM)', purpose: 'Sign' }
  await importUnderKek(importer, { ...wish, file: { name: 'document-signing.byok', bytes: file } }, look)
  await importer.goto(kek.url)
  await take(importer, 'kek')
  const keyFile = KEY_FILES['PKCS#8, encrypted']()
  await openFileStep(importer, kek.url.split('/').at(-1) ?? '')
  await importer.getByLabel('Key file or transfer blob').setInputFiles(asUpload(keyFile))
  await givePassphrase(importer, keyFile.passphrase ?? '')
  await expect(importer.getByRole('region', { name: 'Found in the file' })).toBeVisible()
  await take(importer, 'key-file')
  await importer.goto('/keys')
  await take(importer, 'keys')
  await importer.getByRole('link', { name: 'customer-master' }).click()
  await expect(importer.getByRole('heading', { level: 1 })).toHaveText('customer-master')
  await expect(importer.getByRole('table', { name: 'What this version can do now' })).toBeVisible()
  await take(importer, 'key')

  const approver = await openAs(browser, officerWith(['approver'], 1))
  await openReview(approver, wish.name)
  await take(approver, 'review')
  const auditor = await openAs(browser, officerWith(['auditor']))
  await takePolicyLab(auditor)
  await takeReleases(auditor)
  for (const page of ['audit', 'vaults'] as const) {
    await auditor.goto(`/${page}`)
    await take(auditor, page)
  }
})

async function takePolicyLab(page: Page): Promise<void> {
  await page.goto('/releases/lab')
  await page.getByLabel('Paste attestation tokens').fill(`${await tokenWith()}\n${await tokenWith(debuggable)}`)
  await page.getByRole('button', { name: 'Add tokens' }).click()
  await page.getByLabel('Start from a template').selectOption({ label: 'Confidential VM, for its applications' })
  await page.getByRole('button', { name: 'Use this template' }).click()
  await expect(page.getByText('2 of 2 pass')).toBeVisible()
  await take(page, 'policy-lab')
}

/** An application's releases of one key, past the console: one that the policy lets in, one that it keeps out. */
async function takeReleases(page: Page): Promise<void> {
  const policy = policyText(authority().attestation.url, { secureboot: true, [IS_DEBUGGABLE]: false })
  const releasePolicy = { encodedPolicy: Buffer.from(policy) }
  await vaultKeys().createRsaKey('enclave-signing', { hsm: true, exportable: true, releasePolicy })
  await vaultKeys().releaseKey('enclave-signing', await tokenWith())
  await vaultKeys()
    .releaseKey('enclave-signing', await tokenWith(debuggable))
    .catch(() => undefined) // refused, as it is to be
  await historyOf(page, 'enclave-signing', 2)
  await page.goto('/releases')
  await take(page, 'releases')
  await page.goto('/releases/report?key=enclave-signing')
  await page.getByLabel('Vault', { exact: true }).selectOption('local-vault')
  await page.getByRole('button', { name: 'Make the report' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Releases of enclave-signing')
  await take(page, 'release-report')
}
