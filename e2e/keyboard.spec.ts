import { expect, type Locator, type Page } from '@playwright/test'
import { generateKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { expectAccessible } from './support/axe'
import { installation, officerWith } from './support/installation'
import { acknowledgeDuties } from './support/people'
import { openAs } from './support/sign-in'
import { freshName, test } from './support/token-ceremony'
import { doneReference, expectErrorSummary, expectEveryCheck, expectStep } from './support/token-ceremony-import'
import { carryKek, createKek } from './support/token-ceremony-kek'

/** More controls than a page of the wizard has. */
const TABS_AT_MOST = 120
const CHOICES_AT_MOST = 60

test('the wizard goes from sign-in to submit by keyboard alone', async ({ browser, page, token }) => {
  test.setTimeout(180_000)
  const officer = officerWith(['custodian'], 1)
  await acknowledgeDuties(officer)
  const name = freshName('keyboard')
  const vaultName = installation().vaults.find(({ kind }) => kind === 'azure-key-vault')?.name ?? ''
  const byMouse = await openAs(browser, officer)
  await createKek(byMouse, { vaultName, name: `${name}-kek`, bits: 2048 })
  const kek = await carryKek(byMouse, `${name}-kek`)
  const key = generateKey(token, { family: 'EC', sizeOrCurve: 'P-256' })
  const blob = wrapForAzure(token, { kekSpki: kek.spki, kekKid: kek.kid, key })

  await page.goto('/sign-in')
  await expectAccessible(page, 'sign-in')
  await tabTo(page, page.getByLabel('E-mail'))
  await page.keyboard.type(officer.email)
  await tabTo(page, page.getByLabel('Password'))
  await page.keyboard.type(officer.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Your menu' })).toContainText(officer.name)

  await skipToContent(page)
  const wizard = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Import' })
  await tabTo(page, wizard, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expectStep(page, 1, 'Choose the vault and its KEK')

  await goOn(page)
  await expectErrorSummary(page, 1)
  await followSummary(page, 'Choose the vault')
  await choose(page, page.getByRole('radio', { name: vaultName }))
  await choose(page, page.getByRole('radio', { name: `${name}-kek` }))
  await goOn(page)
  await expectStep(page, 2, 'Give the key file or transfer blob')
  await expect(page).not.toHaveTitle(/^Error: /)

  const input = page.getByLabel('Transfer blob')
  await tabTo(page, input)
  const file = { name: `${name}.byok`, mimeType: 'application/octet-stream', buffer: Buffer.from(blob) }
  await input.setInputFiles(file)
  await expect(page.getByRole('main')).toContainText(file.name)
  await goOn(page)
  await expectStep(page, 3, 'Describe the key')

  await goOn(page)
  // The length fits P-256 and P-256K: the officer says which.
  await expectErrorSummary(page, 3)
  await expectAccessible(page, 'wizard with errors')
  await followSummary(page, 'Give the key a name.')
  await expect(page.getByLabel('Name in the vault')).toBeFocused()
  await page.keyboard.type(name)
  await choose(page, page.getByRole('radio', { name: 'P-256 (EC-HSM)', exact: true }))
  await choose(page, page.getByRole('radio', { name: 'Sign', exact: true }))
  await goOn(page)
  await expectStep(page, 4, 'Preflight')

  await expectEveryCheck(page)
  for (const warning of await page.getByRole('checkbox', { name: /^I have read this warning/ }).all()) {
    await tabTo(page, warning)
    await page.keyboard.press('Space')
    await expect(warning).toBeChecked()
  }
  await goOn(page)
  await expectStep(page, 5, 'Check your answers')

  await tabTo(page, page.getByRole('button', { name: 'Import key, disabled for review' }))
  await page.keyboard.press('Enter')
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(proof.getByLabel('Your password')).toBeFocused()
  await expectAccessible(page, 'asked who is there')
  await page.keyboard.press('Escape')
  await expect(proof).toBeHidden()
  await expect(page.getByText('You did not confirm that it is you, so nothing was done.')).toBeVisible()

  await tabTo(page, page.getByRole('button', { name: 'Import key, disabled for review' }))
  await page.keyboard.press('Enter')
  await expect(proof.getByLabel('Your password')).toBeFocused()
  await page.keyboard.type('not the password')
  await page.keyboard.press('Enter')
  await expect(proof.getByLabel('Your password')).toHaveAccessibleDescription(/This is not your password/)
  await expect(proof.getByLabel('Your password')).toBeFocused()
  await page.keyboard.type(officer.password)
  await page.keyboard.press('Enter')
  await doneReference(page)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByText('The key is in the vault, disabled.')).toBeVisible()
})

/** Goes on with Tab until this control has the focus, and fails when Tab never gets there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeAttached()
  for (let presses = 0; presses < TABS_AT_MOST; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(target, 'reached by Tab').toBeFocused()
}

/** Into the target's group by Tab, to the target by arrows. */
async function choose(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached()
  const inGroup = () =>
    target.evaluate((element) => {
      const active = document.activeElement
      return active instanceof HTMLInputElement && active.name === element.getAttribute('name')
    })
  for (let presses = 0; presses < TABS_AT_MOST && !(await inGroup()); presses += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  for (let presses = 0; presses < CHOICES_AT_MOST && !(await target.isChecked()); presses += 1) {
    await page.keyboard.press('ArrowDown')
  }
  await expect(target).toBeChecked()
}

async function goOn(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Continue' }))
  await page.keyboard.press('Enter')
}

/** The summary has the focus; its first link leads to the field. */
async function followSummary(page: Page, message: string): Promise<void> {
  await tabTo(page, page.getByRole('alert').getByRole('link', { name: message }))
  await page.keyboard.press('Enter')
}

/** The first stop of every page leads past the navigation. */
async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
}
