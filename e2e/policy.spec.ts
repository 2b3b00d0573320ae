import { expect, test } from '@playwright/test'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { officerWith } from './support/installation'
import { personWith } from './support/people'
import { officerOf, openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'
import { fillReview, importKey } from './support/waiting-import'

// Changes how every review of the local vault is decided, so it runs when no other spec does (playwright.config.ts).

test('a vault that asks for two: proposed by one, confirmed by another, and each approver compares', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  // There, all three, before anything is submitted.
  const third = await personWith(['approver'])
  const importer = await openAs(browser, officerWith(['custodian', 'approver']))
  const kek = await makeKek(importer)
  const [vault] = await sql(`SELECT id FROM connection WHERE name = 'local-vault'`)

  const setRequired = async (required: number) => {
    const proposer = await openAs(browser, officerWith(['administrator']))
    await proposer.goto(`/vaults/${String(vault?.id)}`)
    await proposer.getByRole('button', { name: 'Propose another policy' }).click()
    const dialog = proposer.getByRole('dialog', { name: /^Propose who approves for/ })
    await dialog.getByLabel('Approvals needed').selectOption('5')
    // One named approver can't give five, however many there are by now.
    const named = dialog
      .getByRole('group', { name: /^Only these approve/ })
      .getByRole('checkbox')
      .first()
    await named.check()
    await expect(dialog.getByRole('status').first()).toContainText('5 approvals are asked for, but only 1 can be given')
    await expectAccessible(proposer, 'proposing a policy')
    await named.uncheck()
    await dialog.getByLabel('Approvals needed').selectOption(String(required))
    await dialog.getByLabel('Reason').fill('As the board decided')
    await dialog.getByRole('button', { name: 'Propose this policy' }).click()
    await confirmIdentity(proposer)
    await expect(proposer.getByText('Another policy is proposed.')).toBeVisible()
    const confirmer = await openAs(browser, officerWith(['administrator'], 1))
    await confirmer.goto(`/vaults/${String(vault?.id)}`)
    await confirmer.getByRole('link', { name: 'Open the proposal' }).click()
    await confirmer.getByLabel('Reason').fill('Agreed')
    await confirmer.getByRole('button', { name: /^Confirm/ }).click()
    await confirmIdentity(confirmer)
    await expect
      .poll(async () => sql(`SELECT approvals_required AS n FROM connection WHERE id = $1`, [String(vault?.id)]))
      .toEqual([{ n: required }])
    await confirmer.context().close()
    await proposer.context().close()
  }
  await setRequired(2)

  const key = await importKey(importer, kek.id, kek.name)
  const first = await openAs(browser, officerWith(['approver'], 1))
  await test.step('the first approval is recorded, and nothing is enabled', async () => {
    await fillReview(first, key)
    await first.getByRole('button', { name: 'Approve, as 1 of 2' }).click()
    await confirmIdentity(first)
    await expect(first.getByText('You have approved this already.')).toBeVisible()
    await expect(first.getByText('1 of 2 approved')).toBeVisible()
    await expectAccessible(first, 'a review that waits for a second approval')
    expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: false }])
    await first.goto('/review')
    const row = first.getByRole('row').filter({ hasText: key.name })
    await expect(row).toContainText('1 of 2 approved')
    await expect(row).toContainText('waits for another officer')
  })

  await test.step('the second compares for themselves, and enables', async () => {
    const second = await openAs(browser, third)
    await second.goto(`/review/${key.importId}`)
    await expect(second.getByRole('list', { name: 'Approvals that count' })).toContainText(officerOf(first).name)
    await expect(second.getByRole('main')).not.toContainText(key.recorded)
    await fillReview(second, key)
    await second.getByRole('button', { name: 'Enable this version' }).click()
    await confirmIdentity(second)
    await expect(second.getByText('The key is enabled.')).toBeVisible()
    expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: true }])
    await second.context().close()
  })
  await setRequired(1)
  await first.context().close()
  await importer.context().close()
})
