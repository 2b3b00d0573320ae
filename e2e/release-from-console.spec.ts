import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { attest, policyText } from '../lib/local-vault/testing/attest'
import { openKey } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { dataFolder, officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

test.describe.configure({ timeout: 240_000 })

const withAuthority = z.object({ attestation: z.object({ url: z.url() }) })
const environment = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const IS_DEBUGGABLE = 'x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable'
const guarded = { secureboot: true, [IS_DEBUGGABLE]: false }
const debuggable = { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } }

const authority = () => withAuthority.parse(JSON.parse(readFileSync(path.join(dataFolder(), 'local.json'), 'utf8')))
const token = (claims: Record<string, unknown> = {}) => attest(authority(), { key: environment, claims })

/** A key in the local vault that may be released to what the policy says. */
async function exportableKey(name: string): Promise<{ name: string; version: string }> {
  const encodedPolicy = Buffer.from(policyText(authority().attestation.url, guarded))
  const options = { hsm: true, exportable: true, releasePolicy: { encodedPolicy } }
  const { properties } = await vaultKeys().createRsaKey(name, options)
  return { name, version: properties.version ?? '' }
}

async function openForm(page: Page, name: string): Promise<void> {
  await openKey(page, name)
  await page.getByRole('link', { name: 'Release', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release ${name}`)
}

async function release(page: Page, name: string, text: string): Promise<void> {
  await openForm(page, name)
  await page.getByLabel('Attestation token').fill(text)
  await page.getByLabel('Reason').fill('To show that the policy works')
  await page.getByRole('button', { name: /^Release version/ }).click()
  await confirmIdentity(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release of ${name}`)
}

const rows = (page: Page) =>
  page.getByRole('table', { name: 'Releases', exact: true }).locator('tbody').getByRole('row')

async function historyOf(page: Page, name: string, wanted: number): Promise<void> {
  await page.goto(`/releases?q=key:${name}`)
  await page.getByRole('button', { name: 'Read logs now' }).click()
  await expect(rows(page)).toHaveCount(wanted, { timeout: 30_000 })
}

test('a custodian proves a policy: the dry run says why, the vault answers, the history agrees', async ({
  browser,
}) => {
  const { name } = await exportableKey(uniqueName('proven'))
  const page = await openAs(browser, officerWith(['custodian']))
  await openForm(page, name)
  await expectAccessible(page, 'the form of a release')

  await page.getByRole('button', { name: /^Release version/ }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'Paste the attestation token first.' })
  await expect(summary).toBeVisible()

  await page.getByLabel('Attestation token').fill(await token(debuggable))
  await expect(page.getByText('The policy keeps this token out.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()
  await expectAccessible(page, 'a dry run that is denied')

  await release(page, name, await token())
  await expect(page.getByText('The vault released the key, as its policy says.')).toBeVisible()
  const checks = page.getByRole('list', { name: 'Checks of the answer' }).getByRole('listitem')
  await expect(checks.filter({ hasText: 'Holds' })).toHaveCount(6)
  await expect(checks.filter({ hasText: 'Fails' })).toHaveCount(0)
  await expectAccessible(page, 'a release that was made')

  await release(page, name, await token(debuggable))
  await expect(page.getByText('The vault refused, as the policy says.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()

  await historyOf(page, name, 2)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('2 of 2 evaluated against a policy.')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(rows(page).nth(0)).toContainText(/Denied.*Agrees.*asked for here/s)
  await expect(rows(page).nth(1)).toContainText(/Released.*Agrees/s)
  await rows(page).nth(0).getByRole('rowheader').getByRole('link').click()
  await expect(page.getByText('The vault and the policy agree: refused.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()
  await expectAccessible(page, 'a release that was evaluated')
  await page.context().close()
})

test('a vault that acts against its policy is told of on every page', async ({ browser }) => {
  const { name } = await exportableKey(uniqueName('release-allow-anyway'))
  const page = await openAs(browser, officerWith(['custodian']))
  await release(page, name, await token(debuggable))
  await expect(page.getByText('The vault released the key, and its policy says that it must not.')).toBeVisible()
  await page.goto('/keys')
  const alarm = page.getByRole('alert').filter({ hasText: 'A vault acted against a release policy' })
  await expect(alarm.filter({ hasText: name })).toBeVisible()
  await page.context().close()
  const approver = await openAs(browser, officerWith(['auditor']))
  const theirs = approver.getByRole('alert').filter({ hasText: name })
  await theirs.getByRole('button', { name: 'Acknowledge' }).click()
  await approver.getByLabel('What was done about it').fill('The vault’s maker was told')
  await approver.getByRole('button', { name: 'Acknowledge the alarm' }).click()
  await expect(theirs).toHaveCount(0)
  await approver.context().close()
})

test('a release past Drawbridge is not evaluated, and its token, pasted, completes it under a name', async ({
  browser,
}) => {
  const { name, version } = await exportableKey(uniqueName('past'))
  const auditor = officerWith(['auditor'])
  const page = await openAs(browser, auditor)
  await openKey(page, name)
  await expect(page.getByRole('button', { name: 'Release', exact: true })).toHaveAttribute('aria-disabled', 'true')
  const text = await token()
  await vaultKeys().releaseKey(name, text, { version })
  await page.reload()
  await historyOf(page, name, 1)
  await expect(rows(page).first()).toContainText('Not evaluated: the provider’s log holds no claims')
  await rows(page).first().getByRole('rowheader').getByRole('link').click()

  const box = page.getByLabel('Attestation token of this release')
  await box.fill(await token({ iat: 4_000_000_000, nbf: 4_000_000_000, exp: 4_000_003_600 }))
  await page.getByRole('button', { name: 'Evaluate by this token' }).click()
  await expect(page.getByText('after the release').first()).toBeVisible()
  await expectAccessible(page, 'a token that can’t belong to a release')

  await box.fill(text)
  await page.getByRole('button', { name: 'Evaluate by this token' }).click()
  await expect(page.getByText('The vault and the policy agree: released.')).toBeVisible()
  await expect(page.getByText(`${auditor.name} supplied it`)).toBeVisible()
  await page.goto(`/releases?q=key:${name}`)
  await expect(page.getByText('1 of 1 evaluated against a policy.')).toBeVisible()
  await page.goto('/audit?q=type:releases.completed')
  await expect(page.getByText(`supplied the attestation token of a release of ${name}`).first()).toBeVisible()
  await page.context().close()
})
