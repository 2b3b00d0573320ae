import { expect, test } from '@playwright/test'
import { policyText } from '../lib/local-vault/testing/attest'
import { openKey } from './support/actions-inventory'
import {
  allEvaluated,
  authority,
  debuggable,
  historyOf,
  IS_DEBUGGABLE,
  openReleaseForm,
  release,
  releaseRows,
  tokenWith,
} from './support/actions-release'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

test.describe.configure({ timeout: 240_000 })

const guarded = { secureboot: true, [IS_DEBUGGABLE]: false }

/** A key in the local vault that may be released to what the policy says. */
async function exportableKey(name: string): Promise<{ name: string; version: string }> {
  const encodedPolicy = Buffer.from(policyText(authority().attestation.url, guarded))
  const options = { hsm: true, exportable: true, releasePolicy: { encodedPolicy } }
  const { properties } = await vaultKeys().createRsaKey(name, options)
  return { name, version: properties.version ?? '' }
}

test('a custodian proves a policy: the dry run says why, the vault answers, the history agrees', async ({
  browser,
}) => {
  const { name } = await exportableKey(uniqueName('proven'))
  const page = await openAs(browser, officerWith(['custodian']))
  await openReleaseForm(page, name)
  await expectAccessible(page, 'the form of a release')

  await page.getByRole('button', { name: /^Release version/ }).click()
  const summary = page.getByRole('alert').filter({ hasText: 'Paste the attestation token first.' })
  await expect(summary).toBeVisible()

  await page.getByLabel('Attestation token').fill(await tokenWith(debuggable))
  await expect(page.getByText('The policy keeps this token out.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()
  await expectAccessible(page, 'a dry run that is denied')

  await release(page, name, await tokenWith())
  await expect(page.getByText('The vault released the key, as its policy says.')).toBeVisible()
  const checks = page.getByRole('list', { name: 'Checks of the answer' }).getByRole('listitem')
  await expect(checks.filter({ hasText: 'Holds' })).toHaveCount(6)
  await expect(checks.filter({ hasText: 'Fails' })).toHaveCount(0)
  await expectAccessible(page, 'a release that was made')

  await release(page, name, await tokenWith(debuggable))
  await expect(page.getByText('The vault refused, as the policy says.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()

  await historyOf(page, name, 2)
  await allEvaluated(page, 2)
  await expect(releaseRows(page).nth(0)).toContainText(/Denied.*Agrees.*asked for here/s)
  await expect(releaseRows(page).nth(1)).toContainText(/Released.*Agrees/s)

  await page.goto('/releases')
  await page.getByRole('searchbox', { name: 'Key' }).fill(name)
  await page.getByRole('searchbox', { name: 'Environment' }).fill('sevsnpvm')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('link', { name: 'New environment' }).click()
  await expect(page).toHaveURL((url) => ['key', 'env', 'first'].every((part) => url.searchParams.has(part)))
  await expect(releaseRows(page)).toHaveCount(2)
  await expect(releaseRows(page).nth(0)).toContainText(/sevsnpvm.*debuggable.*New environment/s)

  await releaseRows(page).nth(0).getByRole('rowheader').getByRole('link').click()
  await expect(page.getByText('The vault and the policy agree: refused.')).toBeVisible()
  await expect(page.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()
  await expectAccessible(page, 'a release that was evaluated')
  await page.context().close()
})

test('a vault that acts against its policy is told of on every page', async ({ browser }) => {
  const { name } = await exportableKey(uniqueName('release-allow-anyway'))
  const page = await openAs(browser, officerWith(['custodian']))
  await release(page, name, await tokenWith(debuggable))
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
  const text = await tokenWith()
  await vaultKeys().releaseKey(name, text, { version })
  await page.reload()
  await historyOf(page, name, 1)
  await expect(releaseRows(page).first()).toContainText('Not evaluated: the provider’s log holds no claims')
  await releaseRows(page).first().getByRole('rowheader').getByRole('link').click()

  const box = page.getByLabel('Attestation token of this release')
  await box.fill(await tokenWith({ iat: 4_000_000_000, nbf: 4_000_000_000, exp: 4_000_003_600 }))
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
