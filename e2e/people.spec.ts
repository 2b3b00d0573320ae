import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { installation, officerWith } from './support/installation'
import { confirmProposal, openProposal } from './support/proposals'
import { openAs, signIn } from './support/sign-in'

const PASSWORD = 'tulip anchor violet nine'
const NEXT_PASSWORD = 'seven quiet lanterns drift'
const administrator = (nth: number) => officerWith(['administrator'], nth)
const mainOf = (page: Page) => page.getByRole('main')

async function linkOn(page: Page): Promise<string> {
  return (await mainOf(page).locator('code', { hasText: '/invitation#' }).textContent()) ?? ''
}

async function proposePerson(page: Page, person: { name: string; email: string; roles: readonly string[] }) {
  await page.goto('/people')
  await page.getByRole('link', { name: 'Propose a person' }).click()
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByRole('radio', { name: 'With a password of this installation' }).check()
  for (const role of person.roles) await page.getByRole('checkbox', { name: role }).check()
  await page.getByLabel('Reason').fill('Joins the team on Monday')
  await page.getByRole('button', { name: 'Propose this person' }).click()
  await confirmIdentity(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Create the account of ${person.name}`)
}

/** Proposed by one, confirmed by the other; the link that the other is shown. */
async function invite(browser: Browser, person: { name: string; email: string; roles: readonly string[] }) {
  const [first, second] = [await openAs(browser, administrator(0)), await openAs(browser, administrator(1))]
  await proposePerson(first, person)
  await openProposal(second, `Create the account of ${person.name}`)
  await confirmProposal(second)
  await expect(mainOf(second)).toContainText('It is shown only now.')
  const link = await linkOn(second)
  return { first, second, link }
}

async function changePassword(page: Page, next: string, again = next): Promise<void> {
  await page.getByLabel('The new one', { exact: true }).fill(next)
  await page.getByLabel('The new one again').fill(again)
  await page.getByRole('button', { name: 'Change the password' }).click()
}

async function setPassword(page: Page, password: string, again = password): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('The same again').fill(again)
  await page.getByRole('button', { name: 'Set this password' }).click()
}

test('a new approver is proposed by one administrator, confirmed by another, and sets a password of their own', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const person = { name: 'Noor Haddad', email: `noor-${Date.now()}@e2e.drawbridge.test`, roles: ['approver'] }
  const first = await openAs(browser, administrator(0))
  await proposePerson(first, person)
  await expect(mainOf(first)).toContainText('You proposed this; another person must confirm it.')
  const closed = first.getByRole('button', { name: 'Confirm this proposal' })
  await expect(closed).toHaveAttribute('aria-disabled', 'true')
  await expect(closed).toHaveAccessibleDescription('You proposed this; another person must confirm it.')
  await expectAccessible(first, 'own proposal')

  const second = await openAs(browser, administrator(1))
  await expect(
    second.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Proposals/ }),
  ).toContainText('waiting')
  await second.goto('/proposals')
  await expectAccessible(second, 'proposals')
  await openProposal(second, `Create the account of ${person.name}`)
  await expect(mainOf(second)).toContainText('Decide a review, never of one’s own work')
  await second.getByRole('button', { name: 'Confirm this proposal' }).click()
  await expect(second.getByRole('alert').filter({ hasText: 'Give a reason' })).toBeFocused()
  await expectAccessible(second, 'proposal without a reason')
  await confirmProposal(second)
  await expect(mainOf(second)).toContainText('It is shown only now.')
  const link = await linkOn(second)
  await expectAccessible(second, 'invitation link')
  await second.reload()
  await expect(mainOf(second)).not.toContainText('/invitation#')

  const asked: string[] = []
  const context = await browser.newContext()
  context.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`))
  const page = await context.newPage()
  await page.goto(link)
  await expect(mainOf(page)).toContainText(person.name)
  await expect(page).toHaveURL(/\/invitation$/)
  expect(asked.join('\n')).not.toContain(new URL(link).hash.slice(1))
  await expectAccessible(page, 'invitation')
  await setPassword(page, 'Password123456')
  await expect(mainOf(page).getByRole('alert')).toContainText('first that somebody would try')
  await setPassword(page, PASSWORD, 'something else entirely')
  await expect(mainOf(page).getByRole('alert')).toContainText('not the same')
  await expectAccessible(page, 'invitation with an error')
  await setPassword(page, PASSWORD)
  await expect(mainOf(page)).toContainText('Your password is set.')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, { ...person, password: PASSWORD, roles: [...person.roles] })
  await page.goto('/review')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reviews')
  // Everything that waits was submitted before this account was made.
  await page.goto('/people')
  await expect(page).toHaveURL(/\/forbidden/)

  await page.goto('/account')
  await changePassword(page, NEXT_PASSWORD, 'another one than before')
  await expect(mainOf(page).getByRole('alert').filter({ hasText: 'The two are not the same' })).toBeFocused()
  await expectAccessible(page, 'account with two different passwords')
  const changed = 'Changed. Every other session of yours has ended.'
  await changePassword(page, NEXT_PASSWORD)
  await confirmIdentity(page, { ...person, password: PASSWORD, roles: [...person.roles] })
  await expect(mainOf(page)).toContainText(changed)
  await expect(page.getByLabel('The new one', { exact: true })).toHaveValue('')
  await changePassword(page, NEXT_PASSWORD)
  await confirmIdentity(page, { ...person, password: NEXT_PASSWORD, roles: [...person.roles] })
  await expect(mainOf(page).getByRole('alert').filter({ hasText: 'This is your password already' })).toBeFocused()
  await expect(mainOf(page)).not.toContainText(changed)
  const elsewhere = await (await browser.newContext()).newPage()
  await signIn(elsewhere, { ...person, password: NEXT_PASSWORD, roles: [...person.roles] })

  await page.goto(link)
  await expect(mainOf(page)).toContainText('This invitation was used, has lapsed or was replaced.')
  for (const each of [first, second, page, elsewhere]) await each.context().close()
})

test('what excludes each other can’t be picked, by keyboard, and says why', async ({ browser }) => {
  const page = await openAs(browser, administrator(0))
  await page.goto('/people/new')
  await page.getByRole('radio', { name: 'With a password of this installation' }).check()
  await page.getByRole('checkbox', { name: 'administrator' }).focus()
  await page.keyboard.press('Space')
  for (const role of ['custodian', 'approver']) {
    const choice = page.getByRole('checkbox', { name: role })
    await expect(choice).toBeDisabled()
    await expect(choice).toHaveAccessibleDescription(/never administrator too/)
  }
  await page.getByRole('button', { name: 'Propose this person' }).press('Enter')
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('link')).toHaveCount(3)
  await expectAccessible(page, 'new person with errors')
  await page.context().close()
})

test('roles are changed by two, and an account is closed by one at once', async ({ browser }) => {
  test.setTimeout(180_000)
  const person = { name: 'Iver Dahl', email: `iver-${Date.now()}@e2e.drawbridge.test`, roles: ['viewer'] }
  const { first, second, link } = await invite(browser, person)
  const own = await (await browser.newContext()).newPage()
  await own.goto(link)
  await setPassword(own, PASSWORD)
  await expect(mainOf(own)).toContainText('Your password is set.')
  await signIn(own, { ...person, password: PASSWORD })
  await own.goto('/audit')
  await expect(own).toHaveURL(/\/forbidden/)

  await first.goto('/people')
  await first.getByRole('link', { name: person.name }).click()
  await first.getByRole('checkbox', { name: 'auditor' }).check()
  await expect(mainOf(first)).toContainText('Export the audit log')
  await expectAccessible(first, 'person')
  await first.getByLabel('Reason').fill('Audits from now on')
  await first.getByRole('button', { name: 'Propose these roles' }).click()
  await confirmIdentity(first)
  await expect(first.getByRole('heading', { level: 1 })).toHaveText(`Change the roles of ${person.name}`)
  await openProposal(second, `Change the roles of ${person.name}`)
  await expect(second.getByRole('table', { name: 'Before and after' })).toContainText('auditor, viewer')
  await confirmProposal(second)
  await expect(mainOf(second)).toContainText('Confirmed')
  // The very next request has the new roles.
  await own.goto('/audit')
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('Audit')

  await first.goto('/people')
  await first.getByRole('link', { name: person.name }).click()
  await first.getByRole('button', { name: 'Close this account…' }).click()
  const dialog = first.getByRole('dialog', { name: `Close the account of ${person.name}` })
  await expectAccessible(first, 'closing an account')
  await dialog.getByLabel('Reason').fill('Left the company')
  await dialog.getByRole('button', { name: 'Close this account' }).click()
  await confirmIdentity(first)
  await expect(dialog).toBeHidden()
  await expect(mainOf(first)).toContainText('Closed')
  await own.goto('/keys')
  await expect(own).toHaveURL(/\/sign-in/)
  for (const each of [first, second, own]) await each.context().close()
})

test('the name of a vault changes for everybody once a second administrator has confirmed it', async ({ browser }) => {
  test.setTimeout(120_000)
  const hsm = installation().vaults.find(({ kind }) => kind === 'azure-managed-hsm')
  const [row] = await sql('SELECT id FROM connection WHERE url = $1', [hsm?.url])
  const [first, second] = [await openAs(browser, administrator(0)), await openAs(browser, administrator(1))]
  const rename = async (from: string, to: string) => {
    await first.goto(`/vaults/${row?.id}`)
    await first.getByRole('link', { name: 'Change…' }).click()
    await first.getByLabel('Name', { exact: true }).fill(to)
    await first.getByLabel('Reason').fill('A clearer name')
    await expectAccessible(first, 'change of a vault')
    await first.getByRole('button', { name: 'Propose this change' }).click()
    await confirmIdentity(first)
    await expect(first.getByRole('heading', { level: 1 })).toHaveText(`Change the connection ${from}`)
    await openProposal(second, `Change the connection ${from}`)
    await confirmProposal(second)
    await expect(mainOf(second)).toContainText('Confirmed')
    await first.goto('/vaults')
    await expect(first.getByRole('table', { name: 'Vaults' })).toContainText(to)
  }
  const name = hsm?.name ?? ''
  await rename(name, `${name} renamed`)
  await rename(`${name} renamed`, name)
  for (const each of [first, second]) await each.context().close()
})
