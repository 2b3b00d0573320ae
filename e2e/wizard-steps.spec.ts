import { expect, type Page, test } from '@playwright/test'
import { describeKey, expectStep, giveFile, makeKek, openFileStep, uniqueName } from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'

/** The page is rendered anew, as it is when an alarm is raised or settled, while the click that follows is handled. */
async function renderAnewWhile(page: Page, click: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().headers().rsc === '1')
  // By Next's own handle for its tests.
  await page.evaluate(`for (const kind of ['click', 'pointerdown'])
    document.addEventListener(kind, () => window.next.router.refresh(), { capture: true, once: true })`)
  await click()
  await answered
}

test('a page that is rendered anew at any moment loses neither the step nor the file', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  const key = await sealNewKey(kek.name)
  const goOn = () => renderAnewWhile(page, () => page.getByRole('button', { name: 'Continue', exact: true }).click())

  await openFileStep(page, kek.id)
  await page.evaluate(() => Object.assign(window, { neverLoadedAnew: true }))
  await giveFile(page, key)
  await goOn()
  await expectStep(page, 'Describe the key')
  await describeKey(page, uniqueName('anew'))
  await goOn()
  await expectStep(page, 'Preflight')
  await expect(page.getByText('The vault was asked about name and KEK')).toBeVisible()
  for (const warning of await page.getByRole('checkbox', { name: 'I have read this warning and go on' }).all()) {
    await warning.check()
  }
  await goOn()
  await expectStep(page, 'Check your answers')
  await expect(page).toHaveURL(/[?&]step=answers.*[?&]draft=[0-9a-f-]{36}|[?&]draft=.*step=answers/, {
    timeout: 15_000,
  })

  await page.goBack()
  await expectStep(page, 'Preflight')
  await page.goForward()
  await expectStep(page, 'Check your answers')
  await renderAnewWhile(page, () => page.getByRole('link', { name: 'Give the key file or transfer blob' }).click())
  await expectStep(page, 'Give the key file or transfer blob')
  await expect(page.getByText(key.fileName).first()).toBeVisible()
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Import a key' }).click()
  await expectStep(page, 'Choose the vault and its KEK')
  expect(await page.evaluate(() => 'neverLoadedAnew' in window)).toBe(true)
  await page.context().close()
})

test('an expected public key that can’t be read goes no further, and is never left out in silence', async ({
  browser,
}) => {
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  await openFileStep(page, kek.id)
  await giveFile(page, await sealNewKey(kek.name))
  const expected = page.getByLabel('SPKI SHA-256, or the public key as PEM')
  await expected.fill('8067 395e, as far as I can read it')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expectStep(page, 'Give the key file or transfer blob')
  await expect(page.getByRole('link', { name: /expected public key can’t be read/ })).toBeVisible()
  await expected.fill('')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expectStep(page, 'Describe the key')
  await page.context().close()
})
