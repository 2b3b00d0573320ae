import { expect, test } from '@playwright/test'
import { actOnVersion } from './support/actions-inventory'
import { authority, debuggable, IS_DEBUGGABLE, policyJson, release, tokenWith } from './support/actions-release'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { installation, officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

const policyOf = (isDebuggable: boolean) =>
  JSON.stringify({
    version: '1.0.0',
    anyOf: [{ authority: authority().attestation.url, allOf: [{ claim: IS_DEBUGGABLE, equals: isDebuggable }] }],
  })

test('an exportable key is created with its policy, enabled by another officer, and released to what it lets in', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const name = uniqueName('created')
  const vault = installation().vaults.find(({ kind }) => kind === 'azure-key-vault')
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  const create = custodian.getByRole('button', { name: 'Create the key, disabled' })

  await test.step('the form says what it misses, and where', async () => {
    await custodian.goto('/keys')
    await custodian.getByRole('link', { name: 'New exportable key' }).click()
    await expect(custodian.getByRole('heading', { level: 1 })).toHaveText('New exportable key')
    await create.click()
    const summary = custodian.getByRole('alert').filter({ hasText: 'Write the release policy' })
    await expect(summary.getByRole('link')).toHaveCount(5)
    await expectAccessible(custodian, 'the form of a new key, with what it misses')
  })

  await test.step('a policy that nobody can read is refused, and nothing that was typed is lost', async () => {
    await custodian.getByLabel('Vault', { exact: true }).selectOption({ label: `${vault?.name} (local)` })
    await custodian.getByLabel('Name', { exact: true }).fill(name)
    await custodian.getByLabel('Type, with its size or curve').selectOption('RSA-2048')
    await custodian.getByRole('radio', { name: /^Wrap other keys/ }).check()
    await policyJson(custodian).fill('{"version":"1.0.0"}')
    await create.click()
    await confirmIdentity(custodian)
    await expect(custodian.getByRole('alert').getByRole('link')).toHaveCount(1)
    await expect(custodian.getByLabel('Name', { exact: true })).toHaveValue(name)
    expect(await versionsOf(vaultKeys(), name)).toEqual([])
  })

  await test.step('it is created disabled, and the page says who enables it', async () => {
    await policyJson(custodian).fill(policyOf(false))
    await custodian.getByRole('checkbox', { name: 'Make the policy immutable' }).check()
    await custodian.getByLabel(`To go on, type ${name}`).fill(name)
    await expectAccessible(custodian, 'the form of a new key, filled in')
    await create.click()
    await confirmIdentity(custodian)
    await expect(custodian.getByText(`${name} is in ${vault?.name}, disabled`)).toBeVisible({ timeout: 20_000 })
    await expectAccessible(custodian, 'a key that was created')
    const { properties } = await vaultKeys().getKey(name)
    expect(properties).toMatchObject({ enabled: false, exportable: true, releasePolicy: { immutable: true } })
  })

  await test.step('who created it asks, and can’t decide', async () => {
    await custodian.getByRole('link', { name: 'Ask to have it enabled' }).click()
    await expect(custodian.getByRole('main')).toContainText('enerated')
    await actOnVersion(custodian, 'Request enabling', 'Send the request', 'Its environment is ready')
    const second = await openAs(browser, officerWith(['approver'], 1))
    await second.goto('/review')
    const row = second.getByRole('table', { name: 'Reviews that wait' }).getByRole('row').filter({ hasText: name })
    await row.getByRole('link', { name: /^ENA-/ }).click()
    await expect(second.getByRole('heading', { level: 1 })).toContainText(`enable ${name}`)
    await custodian.goto(second.url())
    const enable = custodian.getByRole('button', { name: 'Enable this version' })
    await expect(enable).toHaveAccessibleDescription(
      'You imported or created this key; another officer must decide it.',
    )
    await second.getByLabel('Reason').fill('Measured the environment')
    await second.getByRole('button', { name: 'Enable this version' }).click()
    await confirmIdentity(second)
    await expect(second.getByRole('button', { name: 'Enable this version' })).toBeHidden({ timeout: 20_000 })
    await second.context().close()
  })

  await test.step('it is released to what its policy lets in, and to nothing else', async () => {
    await release(custodian, name, await tokenWith())
    await expect(custodian.getByText('The vault released the key, as its policy says.')).toBeVisible()
    await release(custodian, name, await tokenWith(debuggable))
    await expect(custodian.getByText('The vault refused, as the policy says.')).toBeVisible()
  })
  await custodian.context().close()
})
