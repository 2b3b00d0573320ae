import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page, test } from '@playwright/test'
import { freePort } from '../scripts/lib/free-port.mjs'
import { findInInventory } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'

test.describe.configure({ timeout: 120_000 })

async function fillVault(page: Page, vault: { name: string; kind?: string; url: string }) {
  await page.getByLabel('Name', { exact: true }).fill(vault.name)
  await page.getByRole('radio', { name: vault.kind ?? 'Azure Key Vault' }).check()
  await page.getByLabel('Address', { exact: true }).fill(vault.url)
}

async function connectVault(page: Page, name: string, url: string): Promise<string> {
  await page.goto('/vaults/new')
  await fillVault(page, { name, url })
  await page.getByRole('radio', { name: 'Local', exact: true }).check()
  await page.getByRole('radio', { name: 'Local vault client (this installation)' }).check()
  await page.getByRole('button', { name: 'Connect vault' }).click()
  await confirmIdentity(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 30_000 })
  return new URL(page.url()).pathname
}

async function removeVault(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Remove vault ${name}` })
  const confirm = dialog.getByRole('button', { name: `Remove vault ${name}` })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel(/To go on, type/).fill(name.slice(1))
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel(/To go on, type/).fill(name)
  await confirm.click()
  await confirmIdentity(page)
  await expect(page).toHaveURL('/vaults')
  await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(0)
}

const inventoryNotice = (page: Page, name: string) =>
  page.getByRole('main').getByText(`Keys of vault ${name} can’t be read`)

/** Every place that a vault has a part in still opens. */
async function expectPagesUp(page: Page, vaultPath: string): Promise<void> {
  for (const path of ['/', '/keys', '/keks', '/review', '/audit', '/vaults', vaultPath, '/people']) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(200)
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
    await expect(page.getByText('Something went wrong'), path).toHaveCount(0)
  }
}

test('a vault where nothing answers takes no page down, and is said to be so', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['administrator']))
  const name = uniqueName('silent')
  const path = await connectVault(page, name, `http://127.0.0.1:${await freePort()}`)
  await expect(page.getByRole('main')).toContainText('Not answering')
  const lastError = page.getByRole('term').filter({ hasText: 'Last error' }).locator('xpath=following-sibling::dd[1]')
  await expect(lastError).not.toContainText('none')
  await expect(lastError).toContainText(/did not answer|could not be reached|no answer|unreachable/i)
  await expectPagesUp(page, path)

  await page.goto('/keys')
  await expect(inventoryNotice(page, name)).toContainText('never seen so far')
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('rowheader').first()).toBeVisible()
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText(/Every vault was asked|Some vaults are still being read/)).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('rowheader').first()).toBeVisible()
  await page.goto('/vaults')
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Not answering')

  await page.goto(path)
  await removeVault(page, name)
  await page.goto('/keys')
  await expect(inventoryNotice(page, name)).toHaveCount(0)
  await page.context().close()
})

const VERSION = '0123456789abcdef0123456789abcdef'

/** A service that answers as a vault with one key does, until it is stopped; when its key changed it does not tell. */
async function sparseVault(keyName: string) {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const server = http.createServer(({ headers, url = '' }, response) => {
    const kid = `http://${headers.host}/keys/${keyName}`
    const attributes = { enabled: true, recoveryLevel: 'Recoverable' }
    const answers: readonly [RegExp, unknown][] = [
      [/^\/keys\?/, { value: [{ kid, attributes }], nextLink: null }],
      [/\/versions\?/, { value: [{ kid: `${kid}/${VERSION}`, attributes }], nextLink: null }],
      [/^\/keys\/./, { key: { kid: `${kid}/${VERSION}`, kty: 'RSA', n, e, key_ops: ['verify'] }, attributes }],
      [/./, { value: [], nextLink: null }],
    ]
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify(answers.find(([path]) => path.test(url))?.[1]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(resolve)) }
}

test('of a vault that has gone, the inventory keeps what it saw and says when', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['administrator']))
  const name = uniqueName('gone')
  const keyName = uniqueName('sparse')
  const vault = await sparseVault(keyName)
  const path = await connectVault(page, name, vault.url)
  await expect(page.getByRole('main')).toContainText('Answering')
  const row = await findInInventory(page, keyName)
  await test.step('what the vault does not tell is not made up', async () => {
    await expect(row).toContainText(name)
    await expect(row.getByRole('cell', { name: 'not recorded' })).toHaveCount(2)
  })

  await vault.stop()
  await page.goto(path)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByRole('main')).toContainText('Not answering', { timeout: 20_000 })
  await page.goto(`/keys?q=${keyName}`)
  await expect(inventoryNotice(page, name)).toContainText(/last seen .*\d{4}-\d\d-\d\d/)
  await expect(row).toBeVisible()

  await page.goto(path)
  await removeVault(page, name)
  await page.goto(`/keys?q=${keyName}`)
  await expect(row).toHaveCount(0)
  await page.context().close()
})

const REFUSED = [
  { url: 'http://contoso.vault.azure.net', words: 'The address must begin with https://.' },
  { url: 'https://contoso.example.com', words: 'This is not an address of that product: see the endings in the hint.' },
  {
    url: 'https://contoso.vault.azure.net.example.com',
    words: 'This is not an address of that product: see the endings in the hint.',
  },
  {
    url: 'https://contoso.vault.azure.net/keys',
    words: 'Give the address without a path: it ends after the host name.',
  },
  { url: 'https://10.0.0.1', words: 'This is not an address of that product: see the endings in the hint.' },
  { url: 'https://169.254.169.254', words: 'This is not an address of that product: see the endings in the hint.' },
  { url: 'http://169.254.169.254', words: 'The address must begin with https://.' },
  {
    url: 'https://name:secret@contoso.vault.azure.net',
    words: 'Give the address without a user name or password in it.',
  },
  { url: 'contoso', words: 'Give the whole address, such as https://contoso.vault.azure.net.' },
]

test('an address that could lead elsewhere is refused with a sentence', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['administrator']))
  await page.goto('/vaults/new')
  const address = page.getByLabel('Address', { exact: true })
  for (const { url, words } of REFUSED) {
    await fillVault(page, { name: uniqueName('elsewhere'), url })
    await page.getByRole('button', { name: 'Connect vault' }).click()
    await expect(address).toHaveAccessibleDescription(new RegExp(`Error: ${words.replaceAll(/[.?*+()]/g, '\\$&')}`))
    await expect(address).toHaveAttribute('aria-invalid', 'true')
    await expect(page).toHaveURL('/vaults/new')
  }
  await page.context().close()
})
