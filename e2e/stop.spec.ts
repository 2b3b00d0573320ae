import { expect, type Page, test } from '@playwright/test'
import { actOnVersion, openKey } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { trySigning, vaultKeys, versionsOf } from './support/vault-keys'

/** An enabled key that Drawbridge has never seen. */
async function makeKey(): Promise<{ name: string; kid: string }> {
  const name = uniqueName('stop')
  const { id } = await vaultKeys().createEcKey(name, { curve: 'P-256', hsm: true, keyOps: ['sign', 'verify'] })
  return { name, kid: id ?? '' }
}

async function openEnableReview(page: Page, keyName: string): Promise<void> {
  await page.goto('/review')
  const row = page.getByRole('table', { name: 'Reviews that wait' }).getByRole('row').filter({ hasText: keyName })
  await expect(row.getByRole('rowheader')).toContainText(/Enable$/)
  await row.getByRole('link', { name: /^ENA-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`enable ${keyName}`)
}

test('one officer stops a version alone and at once; only another enables it again', async ({ browser }) => {
  test.setTimeout(120_000)
  const { name, kid } = await makeKey()
  expect(await trySigning(kid)).toBe('signed')
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  await openKey(custodian, name)

  await test.step('stopping needs a reason, and works from the next call on', async () => {
    await custodian.getByRole('button', { name: 'Disable now', exact: true }).click()
    const dialog = custodian.getByRole('dialog', { name: new RegExp(`^Disable ${name}, version`) })
    const confirm = dialog.getByRole('button', { name: 'Disable version', exact: true })
    await expect(confirm).toHaveAttribute('aria-disabled', 'true')
    await expect(confirm).toHaveAccessibleDescription('Give a reason first.')
    await dialog.getByLabel('Reason').fill('Found on a laptop that was stolen')
    await confirm.click()
    await expect(custodian.getByText('Every cryptographic operation with this version is refused')).toBeVisible()
    expect(await trySigning(kid)).toBe('refused 403')
    expect(await versionsOf(vaultKeys(), name)).toMatchObject([{ enabled: false }])
  })

  await test.step('the page says what the version can do now', async () => {
    await expect(custodian.getByRole('main')).toContainText('Suspended')
    const operations = custodian.getByRole('table', { name: 'What this version can do now' })
    await expect(operations.getByRole('row', { name: /^sign/ })).toContainText('refused')
    await expect(custodian.getByRole('button', { name: 'Disable now', exact: true })).toHaveAccessibleDescription(
      'This version is disabled already.',
    )
  })

  await test.step('who asks for enabling can’t decide it', async () => {
    await actOnVersion(custodian, 'Request enabling', 'Send the request', 'The laptop was found, sealed')
    await openEnableReview(custodian, name)
    const enable = custodian.getByRole('button', { name: 'Enable this version' })
    await expect(enable).toHaveAttribute('aria-disabled', 'true')
    await expect(enable).toHaveAccessibleDescription(/another officer/)
    await expect(custodian.getByText('The laptop was found, sealed')).toBeVisible()
  })

  await test.step('another officer enables exactly this version', async () => {
    const second = await openAs(browser, officerWith(['approver'], 1))
    await openEnableReview(second, name)
    await second.getByRole('button', { name: 'Enable this version' }).click()
    await expect(second.getByRole('alert').filter({ hasText: 'Give a reason' })).toBeVisible()
    expect(await trySigning(kid)).toBe('refused 403')
    await second.getByLabel('Reason').fill('Serial number of the seal checked')
    await second.getByRole('button', { name: 'Enable this version' }).click()
    await confirmIdentity(second)
    await expect(second.getByRole('button', { name: 'Enable this version' })).toBeHidden({ timeout: 20_000 })
    expect(await trySigning(kid)).toBe('signed')
    await second.context().close()
  })
  await custodian.context().close()
})

test('marking a version compromised shows Microsoft’s order, stops nothing, and closes the way back', async ({
  browser,
}) => {
  const { name, kid } = await makeKey()
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  await openKey(custodian, name)
  await custodian.getByRole('button', { name: 'Mark compromised', exact: true }).click()
  const dialog = custodian.getByRole('dialog', { name: new RegExp(`^Mark compromised: ${name}, version`) })
  const order = ['Contain', 'Replace', 'Migrate', 'Only then disable']
  await expect(dialog.getByRole('list').getByRole('strong')).toHaveText(order)
  await dialog.getByLabel('Reason').fill('Seen on a public paste site')
  await dialog.getByRole('button', { name: 'Mark version compromised', exact: true }).click()
  await expect(custodian.getByText('Marked compromised. Go on with containing')).toBeVisible()
  expect(await trySigning(kid)).toBe('signed')

  await actOnVersion(custodian, 'Disable now', 'Disable version', 'Everything was migrated')
  expect(await trySigning(kid)).toBe('refused 403')
  await expect(custodian.getByRole('button', { name: 'Request enabling' })).toHaveAccessibleDescription(
    'This version is marked compromised; it can not be enabled.',
  )
  await custodian.context().close()
})
