import { expect, type Page, test } from '@playwright/test'
import { openPolicy, openPolicyReview, policyJson } from './support/actions-release'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const AUTHORITY = 'https://authority.example'
const policyOf = (tee: string) =>
  JSON.stringify({ version: '1.0.0', anyOf: [{ authority: AUTHORITY, allOf: [{ claim: 'tee', equals: tee }] }] })
const claims = (tee: string) => JSON.stringify({ iss: AUTHORITY, tee })

/** An exportable key under a policy of its own, that Drawbridge has never seen. */
async function makeGuarded(): Promise<string> {
  const name = uniqueName('guarded')
  const releasePolicy = { encodedPolicy: new TextEncoder().encode(policyOf('sevsnpvm')) }
  await vaultKeys().createKey(name, 'EC-HSM', { curve: 'P-256', exportable: true, releasePolicy })
  return name
}

async function held(name: string) {
  const { properties } = await vaultKeys().getKey(name)
  return {
    text: Buffer.from(properties.releasePolicy?.encodedPolicy ?? []).toString(),
    immutable: properties.releasePolicy?.immutable ?? false,
  }
}

async function addTest(page: Page, name: string, token: string, expected: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a test' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Token, or its claims as JSON').fill(token)
  await page.getByLabel('An environment with this token').selectOption(expected)
  await page.getByRole('button', { name: 'Keep this test' }).click()
  await expect(page.getByRole('row', { name: new RegExp(`^${name}`) }).first()).toContainText('passes')
}

test('a release policy is proposed by one while its tests pass, and set for good by another; both stay known', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const name = await makeGuarded()
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  const policy = policyJson(custodian)
  const propose = custodian.getByRole('button', { name: 'Propose this policy' })

  await test.step('what it says stands in words, and a test holds who must be let in', async () => {
    await openPolicy(custodian, name)
    const words = custodian.getByRole('list', { name: 'Who the key is released to' }).first()
    await expect(words).toContainText(`${AUTHORITY}, if`)
    await expect(words).toContainText('tee is "sevsnpvm"')
    await addTest(custodian, 'production', claims('sevsnpvm'), 'allow')
    await addTest(custodian, 'a laptop', claims('none'), 'deny')
    await expectAccessible(custodian, 'a key’s release policy')
  })

  await test.step('a policy that keeps production out is not taken, and nothing that was typed is lost', async () => {
    await policy.fill(policyOf('tdxvm'))
    await expect(custodian.getByText('Of 2 tokens 0 gain and 1 loses.')).toBeVisible()
    await custodian.getByLabel('Reason').fill('The new host')
    await propose.click()
    await confirmIdentity(custodian)
    await expect(custodian.getByRole('alert').filter({ hasText: '“production” expects allow' })).toBeVisible()
    const asked = custodian.waitForEvent('dialog').then((dialog) => dialog.dismiss())
    await custodian.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
    await asked
    await expect(policy).toHaveValue(policyOf('tdxvm'))
  })

  const wider = JSON.stringify({
    version: '1.0.0',
    anyOf: [
      { authority: AUTHORITY, allOf: [{ claim: 'tee', equals: 'sevsnpvm' }] },
      { authority: AUTHORITY, allOf: [{ claim: 'tee', equals: 'tdxvm' }] },
    ],
  })
  await test.step('for good needs the key’s name; then it waits for another officer', async () => {
    await policy.fill(wider)
    await custodian.getByRole('checkbox', { name: 'Make the policy immutable' }).check()
    await expect(custodian.getByText('There is no way back')).toBeVisible()
    await propose.click()
    await confirmIdentity(custodian)
    await expect(custodian.getByRole('alert').filter({ hasText: `Type ${name} exactly` })).toBeVisible()
    await custodian.getByLabel(`To go on, type ${name}`).fill(name)
    await propose.click()
    await confirmIdentity(custodian)
    await expect(custodian.getByRole('heading', { level: 1 })).toContainText(`another release policy for ${name}`)
    const set = custodian.getByRole('button', { name: 'Set this policy for good' })
    await expect(set).toHaveAttribute('aria-disabled', 'true')
    await expect(set).toHaveAccessibleDescription(/another officer/)
    expect(await held(name)).toEqual({ text: policyOf('sevsnpvm'), immutable: false })
  })

  await test.step('another officer reads both, the difference and the tests, and sets it', async () => {
    const second = await openAs(browser, officerWith(['approver'], 1))
    await openPolicyReview(second, name)
    await expect(second.getByText('There is no way back from this policy')).toBeVisible()
    await expect(second.getByRole('list', { name: 'What differs' })).toContainText('tdxvm')
    await expect(second.getByRole('row', { name: /^production/ }).last()).toContainText('passes')
    await expectAccessible(second, 'the review of a release policy')
    await second.getByLabel('Reason').fill('Measured the new host')
    await second.getByRole('button', { name: 'Set this policy for good' }).click()
    await confirmIdentity(second)
    await expect(second.getByRole('button', { name: 'Set this policy for good' })).toBeHidden({ timeout: 20_000 })
    expect(await held(name)).toEqual({ text: wider, immutable: true })
    await second.context().close()
  })

  await test.step('the key’s page shows the new policy, the old one with its time, and that this is the last', async () => {
    await custodian.goto('/keys')
    await openPolicy(custodian, name)
    const seen = custodian.getByRole('list', { name: 'Policies that were seen, newest first' }).locator(':scope > li')
    await expect(seen).toHaveCount(2)
    await expect(seen.first()).toContainText('Set through Drawbridge.')
    await expect(seen.first()).toContainText('is not known')
    await expect(custodian.getByText('This policy is immutable: nobody can change it')).toBeVisible()
    await expect(propose).toBeHidden()
  })
  await custodian.context().close()
})
