import { expect, test } from '@playwright/test'
import { actOnVersion, openKey } from './support/actions-inventory'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { personWith } from './support/people'
import { confirmProposal, openProposal } from './support/proposals'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'
import { fillReview, importKey } from './support/waiting-import'

test('the mark “compromised” is taken back by two, of whom the second did not import the key', async ({ browser }) => {
  test.setTimeout(180_000)
  const importer = await openAs(browser, await personWith(['custodian', 'approver']))
  const proposer = await openAs(browser, officerWith(['approver'], 1))
  const confirmer = await openAs(browser, await personWith(['approver']))
  const kek = await makeKek(importer)
  const key = await importKey(importer, kek.id, kek.name)
  const title = `Take the mark “compromised” from ${key.name}`

  await test.step('an imported key is enabled, and marked', async () => {
    await fillReview(proposer, key)
    await proposer.getByRole('button', { name: 'Enable this version' }).click()
    await confirmIdentity(proposer)
    await expect.poll(() => versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: true }])
    await openKey(importer, key.name)
    await actOnVersion(importer, 'Mark compromised', 'Mark version compromised', 'Seen on a paste site')
    await expect(importer.getByText('is marked compromised since')).toBeVisible()
  })

  await test.step('one proposes that the mark goes, and can’t confirm it', async () => {
    await openKey(proposer, key.name)
    await proposer.getByRole('button', { name: 'Propose to take the mark back' }).click()
    const dialog = proposer.getByRole('dialog', { name: /^Take the mark “compromised” back:/ })
    await expectAccessible(proposer, 'proposing to take a mark back')
    await dialog.getByLabel('Reason').fill('It was another key')
    await dialog.getByRole('button', { name: 'Propose it' }).click()
    await confirmIdentity(proposer)
    await expect(dialog).toBeHidden()
    await expect(proposer.getByText('It is proposed to take the mark back; another officer confirms.')).toBeVisible()
    await openProposal(proposer, title)
    const confirm = proposer.getByRole('button', { name: 'Confirm this proposal' })
    await expect(confirm).toHaveAccessibleDescription('You proposed this; another person must confirm it.')
  })

  await test.step('its importer is told that they are not the one to confirm it', async () => {
    await importer.goto('/proposals')
    const row = importer
      .getByRole('table', { name: 'Proposals that wait' })
      .getByRole('row')
      .filter({ hasText: key.name })
    await expect(row).toContainText('You imported this version')
    await openProposal(importer, title)
    const confirm = importer.getByRole('button', { name: 'Confirm this proposal' })
    await expect(confirm).toHaveAttribute('aria-disabled', 'true')
    await expect(confirm).toHaveAccessibleDescription(/^You imported this version; another approver must confirm/)
    await expect(importer.getByRole('main')).not.toContainText('You may decide it')
    await expectAccessible(importer, 'an unmarking before the key’s importer')
  })

  await test.step('another approver confirms it, and the record keeps why', async () => {
    await openProposal(confirmer, title)
    await expect(confirmer.getByRole('main')).toContainText('You may decide it')
    await confirmProposal(confirmer)
    await expect(confirmer.getByRole('main')).toContainText('Confirmed')
    await openKey(confirmer, key.name)
    await expect(confirmer.getByText('is marked compromised since')).toHaveCount(0)
    expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: true }])
    const auditor = await openAs(browser, officerWith(['auditor']))
    await auditor.goto(`/audit?q=${encodeURIComponent(`key:${key.name} type:compromised`)}`)
    await expect(auditor.getByRole('table', { name: 'Events' })).toContainText('took the mark compromised from')
    await auditor.context().close()
  })
  for (const each of [importer, proposer, confirmer]) await each.context().close()
})
