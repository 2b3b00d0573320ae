import { randomBytes } from 'node:crypto'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { findInInventory } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { installation, officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const PAGE = 50
const prefix = uniqueName('list')
const ec = `${prefix}-a-signing`
const rsa = `${prefix}-b-wrapping`
const stopped = `${prefix}-c-stopped`

/** Enough to fill a page and begin another: symmetric keys cost nothing to make. */
const many = Array.from({ length: PAGE - 2 }, (_, index) => `${prefix}-n-${String(index).padStart(2, '0')}`)

let page: Page

async function makeKeys(): Promise<void> {
  const [vault, hsm] = [vaultKeys(), vaultKeys('azure-managed-hsm')]
  const inAMonth = new Date(Date.now() + 20 * 86_400_000)
  await vault.createEcKey(ec, { curve: 'P-256', hsm: true, tags: { team: prefix }, expiresOn: inAMonth })
  await vault.createRsaKey(rsa, { keySize: 2048 })
  await vault.createEcKey(stopped, { curve: 'P-384', hsm: true, enabled: false })
  await Promise.all(many.map((name) => hsm.importKey(name, { kty: 'oct-HSM', k: randomBytes(32) })))
}

async function openInventory(browser: Browser): Promise<Page> {
  const opened = await openAs(browser, officerWith(['custodian']))
  await opened.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return opened
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  await makeKeys()
  page = await openInventory(browser)
  await findInInventory(page, ec)
  await findInInventory(page, many.at(-1) ?? '')
})
test.afterAll(() => page.context().close())
test.beforeEach(() => page.goto(`/keys?q=${prefix}`))

const table = () => page.getByRole('table', { name: 'Keys' })
const names = async () => {
  const headers = await table().getByRole('rowheader').getByRole('link').allInnerTexts()
  return headers.map((name) => name.trim())
}
const row = (name: string) => table().getByRole('row').filter({ hasText: name })

/** A row as an object: column → what it says. */
async function asObject(line: Locator): Promise<Record<string, string>> {
  await expect(line).toBeVisible()
  const columns = await table().getByRole('columnheader').allInnerTexts()
  const cells = await line.locator('th, td').allInnerTexts()
  return Object.fromEntries(columns.map((column, index) => [column.trim(), (cells[index] ?? '').trim()]))
}

const copied = () => page.evaluate(() => navigator.clipboard.readText())

test('a row says what the vault says', async () => {
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d/)
  const local = { Vault: expect.stringContaining('local-vault'), Origin: 'Unknown' }
  expect(await asObject(row(ec))).toMatchObject({
    ...local,
    Name: expect.stringContaining(ec),
    'Type and size': 'EC-HSM P-256',
    Protection: expect.stringMatching(/^HSM.*3$/),
    State: 'Active',
    Expires: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d.*days/s),
    Updated: time,
  })
  expect(await asObject(row(rsa))).toMatchObject({
    ...local,
    'Type and size': 'RSA 2048',
    Protection: 'Software',
    State: 'Active',
    Expires: 'never',
  })
  expect(await asObject(row(stopped))).toMatchObject({
    'Type and size': 'EC-HSM P-384',
    State: 'Disabled, history unknown',
  })
})

test('search, filters, order and page stand in the address, and the back button goes through them', async () => {
  await expect(page.getByText(`1 to ${PAGE} of ${PAGE + 1} keys`)).toBeVisible()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL((url) => url.searchParams.get('page') === '2')
  await expect.poll(names).toEqual([many.at(-1)])

  await page.getByRole('link', { name: 'Name', exact: true }).click()
  await expect(page).toHaveURL((url) => url.searchParams.get('sort') === '-name' && !url.searchParams.has('page'))
  await expect.poll(async () => (await names())[0]).toBe(many.at(-1))
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')

  await page.getByRole('button', { name: 'State', exact: true }).click()
  await page.getByRole('link', { name: 'Disabled, history unknown' }).click()
  await expect(page).toHaveURL((url) => url.searchParams.get('state') === 'disabled_unknown')
  await expect.poll(names).toEqual([stopped])

  await page.goBack()
  await expect(page).toHaveURL((url) => url.searchParams.get('sort') === '-name' && !url.searchParams.has('state'))
  await expect.poll(async () => (await names()).length).toBe(PAGE)
  await page.goBack()
  await expect.poll(names).toEqual([many.at(-1)])
  await page.goForward()
  await expect.poll(async () => (await names())[0]).toBe(many.at(-1))
})

test('each filter narrows the list, and a bookmark shows the same', async ({ browser }) => {
  const filter = async (menu: string, option: RegExp) => {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await page.getByRole('list', { name: menu, exact: true }).getByRole('link', { name: option }).click()
    await page.keyboard.press('Escape')
  }
  await filter('Vault', /^local-vault/)
  await expect.poll(names).toEqual([ec, rsa, stopped])
  await filter('Type', /^EC-HSM/)
  await expect.poll(names).toEqual([ec, stopped])
  await filter('Expires', /^Within 30 days/)
  await expect.poll(names).toEqual([ec])

  await page.getByRole('button', { name: 'Copy link to this view' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeAttached()
  expect(await copied()).toBe(page.url())
  const another = await openInventory(browser)
  await another.goto(await copied())
  await expect(another.getByRole('table', { name: 'Keys' }).getByRole('rowheader')).toHaveCount(1)
  await expect(another.getByRole('table', { name: 'Keys' }).getByRole('rowheader')).toContainText(ec)
  await another.context().close()

  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL('/keys')
})

test('names and tags are searched, and what matches nothing says so', async () => {
  const search = page.getByRole('searchbox', { name: 'Search names and tags' })
  await search.fill(`${prefix}-a`)
  await search.press('Enter')
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === `${prefix}-a`)
  await expect.poll(names).toEqual([ec])
  await search.fill(`${prefix}-nothing`)
  await search.press('Enter')
  await expect(page.getByText('No key matches this search and these filters.')).toBeVisible()
  await search.fill('')
  await search.press('Enter')
  await expect(page).toHaveURL('/keys')
})

test('a key’s name and identifier are copied by one click', async () => {
  await row(ec)
    .getByRole('button', { name: `Copy name ${ec}` })
    .click()
  await expect.poll(copied).toBe(ec)
  await row(ec)
    .getByRole('button', { name: `Copy key id of ${ec}` })
    .click()
  const url = installation()
    .vaults.find(({ kind }) => kind === 'azure-key-vault')
    ?.url.replace(/\/$/, '')
  await expect.poll(copied).toBe(`${url}/keys/${ec}`)
})
