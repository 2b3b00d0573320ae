import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { RestError } from '@azure/core-rest-pipeline'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { attest, policyText } from '../lib/local-vault/testing/attest'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { dataFolder, officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

test.describe.configure({ timeout: 120_000 })

const isCompliant = { 'x-ms-isolation-tee.x-ms-compliance-status': 'azure-compliant-cvm' }
const withAuthority = z.object({ attestation: z.object({ url: z.url() }) })

/** Past Drawbridge, by the official client: one release, and one that the policy denies. */
async function releasePastDrawbridge(): Promise<{ name: string; version: string }> {
  const { attestation } = withAuthority.parse(JSON.parse(readFileSync(path.join(dataFolder(), 'local.json'), 'utf8')))
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const name = uniqueName('released')
  const client = vaultKeys()
  const made = await client.createRsaKey(name, {
    hsm: true,
    exportable: true,
    releasePolicy: { encodedPolicy: Buffer.from(policyText(attestation.url, isCompliant)) },
  })
  const version = made.properties.version ?? ''
  await client.releaseKey(name, await attest({ attestation }, { key }), { version })
  const debuggable = { 'x-ms-isolation-tee': { 'x-ms-compliance-status': 'none' } }
  const denied = client.releaseKey(name, await attest({ attestation }, { key, claims: debuggable }))
  await expect(denied.catch((error: unknown) => error instanceof RestError && error.statusCode)).resolves.toBe(403)
  return { name, version }
}

const rows = (page: Page) =>
  page.getByRole('table', { name: 'Releases', exact: true }).locator('tbody').getByRole('row')

/** Reads at once, and looks until the log's records are there. */
async function readLogs(page: Page, wanted: number): Promise<void> {
  await page.getByRole('button', { name: 'Read logs now' }).click()
  await expect(page.getByText('The logs are being read.')).toBeVisible()
  await expect(rows(page)).toHaveCount(wanted, { timeout: 30_000 })
}

test('a release made past Drawbridge appears with who, which key and how it ended, and is not evaluated', async ({
  browser,
}) => {
  const { name, version } = await releasePastDrawbridge()
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto(`/releases?q=key:${name}`)
  await readLogs(page, 2)

  await expect(rows(page).nth(0)).toContainText(/Denied.*403 Forbidden.*Not evaluated/s)
  await expect(rows(page).nth(1)).toContainText(/Released.*200 OK.*Not evaluated/s)
  await expect(page.getByText('0 of 2 evaluated against a policy.')).toBeVisible()
  await expectAccessible(page, 'releases')

  await page.getByRole('link', { name: 'Denied' }).click()
  await expect(page).toHaveURL((url) => url.searchParams.get('decision') === 'denied')
  await expect(rows(page)).toHaveCount(1)
  await page.goBack()
  await expect(rows(page)).toHaveCount(2)

  await rows(page).nth(1).getByRole('rowheader').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release of ${name}`)
  await expect(page.getByText('The vault released it')).toBeVisible()
  await expect(page.getByText(`asked for version ${version} of ${name}`)).toBeVisible()
  await expectAccessible(page, 'a release')
  await page.context().close()
})

test('what was done past Drawbridge stands as such, what has been read stands in hours, and it can be taken along', async ({
  browser,
}) => {
  const { name } = await releasePastDrawbridge()
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto(`/releases?q=key:${name}`)
  await readLogs(page, 2)

  const title = 'Changes to keys that were not done through Drawbridge'
  await expect(page.getByText(new RegExp(`${title}: [1-9]`))).toBeVisible()
  await page
    .getByText(/^Which$|^The newest /)
    .first()
    .click()
  const past = page.getByRole('table', { name: title })
  await expect(past.getByRole('row').filter({ hasText: name })).toContainText('KeyCreate')
  await expect(page.getByText('Releases while disabled or under review: 0')).toBeVisible()
  await expect(page.getByRole('heading', { name: /^local-vault: [1-9]\d* hours? read/ })).toBeVisible()
  await expect(page.getByText('Every record of every log could be read.')).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const csv = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(csv).toHaveLength(3)
  for (const line of csv.slice(1)) expect(line).toContain(name)
  await page.goto('/audit?q=type:releases.exported')
  await expect(page.getByText('exported the release history as CSV').first()).toBeVisible()
  await page.context().close()
})

test('the releases of one key stand over time, and in a report that is there to be printed', async ({ browser }) => {
  const { name } = await releasePastDrawbridge()
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto(`/releases?q=key:${name}`)
  await readLogs(page, 2)
  await expect(page.getByRole('img', { name: `${name} in local-vault: 1 released, 1 denied, 0 failed` })).toBeVisible()
  await page.getByText('The same as a table').click()
  await expect(page.getByRole('table', { name: 'Releases over time' }).locator('tbody')).toContainText(
    new RegExp(`${name} in local-vault110$`),
  )
  await expectAccessible(page, 'releases over time')

  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue(name)
  await page.getByRole('button', { name: 'Make the report' }).click()
  await expect(
    page.getByRole('alert').getByRole('link', { name: 'Choose the vault that the key is in.' }),
  ).toBeVisible()
  await page.getByLabel('Vault', { exact: true }).selectOption('local-vault')
  await page.getByRole('button', { name: 'Make the report' }).click()
  await expect(page.getByText('2 calls: 1 released, 1 denied, 0 failed. 0 of 2 evaluated')).toBeVisible()
  await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toHaveText('How complete this is')
  const told = page.getByRole('table', { name: 'Releases and refusals' })
  await expect(told.getByRole('row').nth(1)).toContainText(/Released.*Not evaluated/s)
  await expectAccessible(page, 'a release report')
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 672, height: 950 })
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await wide()).toBeLessThanOrEqual(0)
  await page.context().close()
})
