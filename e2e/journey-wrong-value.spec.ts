import { type Browser, expect, type Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { digestFor } from '@/lib/testing/journey/signature-algorithms'
import { generateKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { expectAccessible } from './support/axe'
import { installation, type Officer, officerWith } from './support/installation'
import { isEnabledInVault, officialClient } from './support/official-client'
import { openAs } from './support/sign-in'
import { freshName, spacedSpkiSha256, test } from './support/token-ceremony'
import { importUnderKek } from './support/token-ceremony-import'
import { carryKek, createKek, detail } from './support/token-ceremony-kek'
import { enable, openReview } from './support/token-ceremony-review'

const SHA256_WORDS = 'a SHA-256 of the public key (SPKI)'
const ALARM = 'The key in the vault is not the key of the ceremony record.'

test('a wrong value ends the import as substituted, alarms everybody on every page, and is the last word', async ({
  browser,
  token,
}) => {
  test.setTimeout(300_000)
  const [importer, approver] = [officerWith(['custodian']), officerWith(['approver'], 1)]
  const [key, another] = [1, 2].map(() => generateKey(token, { family: 'EC', sizeOrCurve: 'P-256' }))
  if (key?.family !== 'EC' || another?.family !== 'EC') throw new Error('expected two key pairs')
  const name = freshName('substituted')

  const importerPage = await openAs(browser, importer)
  const vaultName = installation().vaults.find(({ kind }) => kind === 'azure-key-vault')?.name ?? ''
  await createKek(importerPage, { vaultName, name: `${name}-kek`, bits: 2048 })
  const kek = await carryKek(importerPage, `${name}-kek`)
  const bytes = wrapForAzure(token, { kekSpki: kek.spki, kekKid: kek.kid, key })
  const answers = { name, type: 'P-256 (EC-HSM)', purpose: 'Sign', file: { name: `${name}.byok`, bytes } }
  const reference = await importUnderKek(importerPage, answers)
  const kid = (await detail(importerPage, 'Key identifier').getByRole('code').textContent()) ?? ''

  const approverPage = await openAs(browser, approver)
  await openReview(approverPage, name)
  const before = await openedBefore(approverPage)
  await enable(approverPage, { text: spacedSpkiSha256(another) }, SHA256_WORDS)
  await expect(approverPage.getByRole('main').getByText('Substituted', { exact: true })).toBeVisible({
    timeout: 20_000,
  })
  await expectAlarm(approverPage, name)
  await expect(approverPage.getByRole('button', { name: 'Enable this version' })).toHaveCount(0)
  await expectAccessible(approverPage, 'review, substituted')

  // The right value comes too late, from a page that was opened before.
  await enable(before, { text: spacedSpkiSha256(key) }, SHA256_WORDS)
  await expect(before.getByRole('main').getByText('Substituted', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expectStaysDisabled(kid)
  await expectNoWayBack(approverPage, name)

  // Open since before the alarm, and not loaded anew: the page finds out by itself.
  await expect(alarmOf(importerPage, name)).toBeVisible({ timeout: 30_000 })
  await expectAlarmEverywhere(browser, [officerWith(['administrator']), officerWith(['auditor'])], name)
  await expectAuditTells(approverPage, { name, approver })
  await importerPage.goto('/review')
  const decided = importerPage.getByRole('table', { name: 'Reviews that were decided' })
  await expect(decided.getByRole('row').filter({ hasText: reference })).toContainText('Substituted')
  await acknowledge(approverPage, name)
  await expectStaysDisabled(kid)
})

/** The same page once more, as it was before anything was decided; it hears of no alarm, which would have it rendered anew. */
async function openedBefore(page: Page): Promise<Page> {
  const copy = await page.context().newPage()
  await copy.route(
    (url) => url.pathname === routes.apiStatus(),
    (route) => route.abort(),
  )
  await copy.goto(page.url())
  await expect(copy.getByRole('button', { name: 'Enable this version' })).toBeVisible()
  return copy
}

const alarmOf = (page: Page, name: string) =>
  page.getByRole('alert').filter({ hasText: ALARM }).filter({ hasText: name })

async function expectAlarm(page: Page, name: string): Promise<void> {
  await expect(alarmOf(page, name)).toHaveCount(1)
  await expect(alarmOf(page, name)).toBeVisible()
}

async function expectStaysDisabled(kid: string): Promise<void> {
  expect(await isEnabledInVault(kid)).toBe(false)
  const refused = { statusCode: 403, details: { error: { innerError: { code: 'KeyDisabled' } } } }
  const signing = officialClient(kid).sign('ES256', digestFor('ES256', Buffer.from('no')))
  await expect(signing).rejects.toMatchObject(refused)
}

/** Enabling it again is no way round: the key's page says why. */
async function expectNoWayBack(page: Page, name: string): Promise<void> {
  await page.goto(`/keys?q=${name}`)
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  const again = page.getByRole('button', { name: 'Request enabling' })
  await again.focus()
  await expect(again).toHaveAttribute('aria-disabled', 'true')
  await expect(again).toHaveAccessibleDescription(/substituted/)
}

async function expectAlarmEverywhere(browser: Browser, officers: readonly Officer[], name: string): Promise<void> {
  for (const officer of officers) {
    const page = await openAs(browser, officer)
    const navigation = page.getByRole('navigation', { name: 'Main' })
    const places = navigation.getByRole('link')
    const many = await places.count()
    expect(many).toBeGreaterThan(4)
    for (let at = 0; at < many; at += 1) {
      await places.nth(at).click()
      await expect(places.nth(at)).toHaveAttribute('aria-current', 'page')
      await expectAlarm(page, name)
    }
    await page.context().close()
  }
}

async function expectAuditTells(page: Page, { name, approver }: { name: string; approver: Officer }): Promise<void> {
  await page.goto(`/audit?q=${encodeURIComponent(`key:${name}`)}`)
  const rows = page.getByRole('main').getByRole('row')
  await expect(rows.filter({ hasText: `An alarm was raised about ${name}` })).toHaveCount(1)
  await expect(rows.filter({ hasText: approver.name }).filter({ hasText: 'approved' })).toHaveCount(0)
  await expect(rows.filter({ hasText: `enabled the imported ${name}` })).toHaveCount(0)
}

/** Somebody says what was done about it; then it leaves every page. */
async function acknowledge(page: Page, name: string): Promise<void> {
  await alarmOf(page, name).getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog', { name: `Acknowledge the alarm about ${name}` })
  await dialog.getByLabel('What was done about it').fill('A rehearsal: the value was wrong on purpose.')
  await dialog.getByRole('button', { name: 'Acknowledge the alarm' }).click()
  await expect(alarmOf(page, name)).toHaveCount(0)
}
