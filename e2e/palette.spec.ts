import { expect, type Page, test } from '@playwright/test'
import { findInInventory } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const prefix = uniqueName('palette')
const [first, second] = [`${prefix}-a`, `${prefix}-b`]

let page: Page

/** What the policies refused, as the browser told it. */
const refused: string[] = []

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  for (const name of [first, second]) await vaultKeys().createEcKey(name, { curve: 'P-256', hsm: true })
  page = await openAs(browser, officerWith(['custodian']))
  page.on('console', (message) => {
    if (/content security policy|trustedscript|trustedhtml/i.test(message.text())) refused.push(message.text())
  })
  await findInInventory(page, first)
  await findInInventory(page, second)
})
test.afterAll(() => page.context().close())
test.beforeEach(() => page.goto(`/keys?q=${prefix}`))

const palette = () => page.getByRole('dialog', { name: 'Command palette' })
const box = () => palette().getByRole('combobox', { name: 'Find a command, a page or a key' })
const h1 = () => page.getByRole('heading', { level: 1 })
const rowLink = (name: string) => page.getByRole('table', { name: 'Keys' }).getByRole('link', { name })

/** The key is heard once the page's script runs: pressed until it shows. */
async function openPalette(): Promise<void> {
  await expect(async () => {
    if (!(await palette().isVisible())) await page.keyboard.press('ControlOrMeta+k')
    await expect(box()).toBeFocused({ timeout: 1000 })
  }).toPass()
}

test('the palette finds a key as one types, and opens it by Enter', async () => {
  await openPalette()
  await expectAccessible(page, 'palette')
  await page.keyboard.type(second)
  await expect(palette().getByRole('group', { name: 'Keys' }).getByRole('option')).toContainText([second])
  await page.keyboard.press('Enter')
  await expect(h1()).toHaveText(second)
  await expect(h1()).toBeFocused()
  expect(refused).toEqual([])
})

test('a page’s own actions come first, then the way up; a closed one says why and does nothing', async () => {
  await rowLink(first).click()
  await expect(h1()).toHaveText(first)
  // Read from the vault, and with it the acts on it.
  await expect(page.getByRole('button', { name: 'Disable now' })).toBeVisible()
  await openPalette()
  const groups = palette().getByRole('group')
  await expect(groups.nth(0)).toHaveAccessibleName('On this page')
  await expect(groups.nth(1)).toHaveAccessibleName('Go up')
  const closed = groups.nth(0).getByRole('option', { name: 'Request enabling' })
  await expect(closed).not.toHaveText('Request enabling') // the reason stands beside it
  await page.keyboard.type('request enabling')
  await page.keyboard.press('Enter')
  await expect(palette()).toBeVisible()

  await box().fill('disable now')
  await page.keyboard.press('Enter')
  await expect(palette()).toBeHidden()
  await expect(page.getByRole('dialog').filter({ hasText: first })).toBeVisible()
  await page.keyboard.press('Escape')

  await openPalette()
  await box().fill('')
  await palette().getByRole('group', { name: 'Go up' }).getByRole('option', { name: 'Keys', exact: true }).click()
  await expect(h1()).toHaveText('Keys')
})

test('Escape gives the focus back, and what nothing fits is said', async () => {
  const search = page.getByRole('searchbox', { name: 'Search names and tags' })
  await search.focus()
  await openPalette()
  await page.keyboard.type('no such command')
  await expect(palette().getByRole('status')).toContainText('Nothing by that name')
  await page.keyboard.press('Escape')
  await expect(palette()).toBeHidden()
  await expect(search).toBeFocused()
})

test('rows by j and k, selected by x, opened by e', async () => {
  await expect(rowLink(first)).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(rowLink(first)).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('j')
  await expect(rowLink(second)).toBeFocused()
  await page.keyboard.press('x')
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Selected keys' })
  await expect(bar).toContainText('2 selected')
  await expect(page.getByRole('row', { selected: true })).toHaveCount(2)
  await expectAccessible(page, 'inventory with selected rows')
  await bar.getByRole('button', { name: 'Clear' }).press('Enter')
  await expect(bar).toBeHidden()
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await expect(h1()).toHaveText(first)
})

test('two keys go places, and / finds the page’s search, where letters stay letters', async () => {
  await openPalette()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  const search = page.getByRole('searchbox', { name: 'Search names and tags' })
  await expect(search).toBeFocused()
  await page.keyboard.type('gr?x')
  await expect(search).toHaveValue('gr?x')
  await h1().focus()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(h1()).toHaveText('Reviews')
})

test('the sheet shows the keys, and switches the single ones off for this browser', async () => {
  await openPalette()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByRole('term').filter({ hasText: 'Go to Audit' })).toBeVisible()
  await expectAccessible(page, 'keyboard sheet')
  await sheet.getByRole('radio', { name: 'On' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(sheet.getByRole('radio', { name: 'Off' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.goto('/keys')
  await openPalette()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.keyboard.press('j')
  await expect(sheet).toBeHidden()
  await expect(page.locator('main tbody a:focus')).toHaveCount(0)

  await openPalette()
  await page.keyboard.type('switch single keys on')
  await page.keyboard.press('Enter')
  await expect(palette()).toBeHidden()
  await page.keyboard.press('?')
  await expect(sheet).toBeVisible()
})
