import { readFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { freePort } from '../scripts/lib/free-port.mjs'
import { actOnVersion, openKey } from './support/actions-inventory'
import { uniqueName } from './support/actions-wizard'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const FORMULA = '=HYPERLINK("http://elsewhere.example","look, here")'

test.describe.configure({ timeout: 120_000 })

/** A key that was stopped, with a reason that a spreadsheet would take for a formula. */
async function stopKey(browser: Browser): Promise<string> {
  const name = uniqueName('audited')
  await vaultKeys().createEcKey(name, { curve: 'P-256', hsm: true })
  const page = await openAs(browser, officerWith(['custodian']))
  await openKey(page, name)
  await actOnVersion(page, 'Disable now', 'Disable version', FORMULA)
  await page.context().close()
  return name
}

/** A connection whose very name is a formula, added and removed by an administrator. */
async function nameVaultLikeFormula(browser: Browser): Promise<string> {
  const name = `=1+1|${uniqueName('cmd')}`
  const page = await openAs(browser, officerWith(['administrator']))
  await page.goto('/vaults/new')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: 'Azure Key Vault' }).check()
  await page.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:${await freePort()}`)
  await page.getByRole('radio', { name: 'Local', exact: true }).check()
  await page.getByRole('radio', { name: 'Local vault client (this installation)' }).check()
  await page.getByRole('button', { name: 'Connect vault' }).click()
  await confirmIdentity(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Remove vault ${name}` })
  await dialog.getByLabel(/To go on, type/).fill(name)
  await dialog.getByRole('button', { name: `Remove vault ${name}` }).click()
  await confirmIdentity(page)
  await expect(page).toHaveURL('/vaults')
  await page.context().close()
  return name
}

const events = (page: Page) => page.getByRole('table', { name: 'Events' }).getByRole('row')

async function searchFor(page: Page, text: string): Promise<void> {
  await page.getByLabel('Search', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === text)
}

/** What each event says, once it has come: until then a skeleton holds its place. */
async function wordsOf(page: Page): Promise<string[]> {
  await expect(page.getByRole('rowheader').first().or(page.getByText('No event matches'))).toBeVisible()
  return (await events(page).allInnerTexts()).slice(1)
}

test('what is searched for stands in the address, is understood, and can be turned round', async ({ browser }) => {
  const name = await stopKey(browser)
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto('/audit')

  await searchFor(page, `key:${name}`)
  const all = await wordsOf(page)
  expect(all.length).toBeGreaterThanOrEqual(2)
  for (const words of all) expect(words).toContain(name)

  await searchFor(page, `key:${name} action:disable_key`)
  const stops = await wordsOf(page)
  expect(stops.length).toBeGreaterThan(0)
  expect(stops.length).toBeLessThanOrEqual(all.length)

  await searchFor(page, `key:${name} -action:disable_key`)
  const others = await wordsOf(page)
  expect(others.length + stops.length).toBe(all.length)

  const { name: officer } = officerWith(['custodian'])
  await searchFor(page, `key:${name} -actor:"${officer}"`)
  await expect(events(page).filter({ hasText: officer })).toHaveCount(0)

  await searchFor(page, `key:${name} created:>=2099-01-01`)
  await expect(page.getByText('No event matches this search and these filters.')).toBeVisible()

  // One step after the other: a page that is still coming would be let go of by the next.
  for (const before of [`key:${name} -actor:"${officer}"`, `key:${name} -action:disable_key`]) {
    await page.goBack()
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === before)
    await expect(page.getByLabel('Search', { exact: true })).toHaveValue(before)
    await wordsOf(page)
  }

  await page.goto(`/audit?q=${encodeURIComponent(`key:${name}`)}`)
  await page.getByRole('button', { name: 'Outcome', exact: true }).click()
  await page.getByRole('list', { name: 'Outcome' }).getByRole('link').first().click()
  await expect(page).toHaveURL((url) => url.searchParams.has('phase') && url.searchParams.get('q') === `key:${name}`)
  await page.context().close()
})

async function exported(page: Page, button: string): Promise<{ name: string; text: string }> {
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: button }).click()
  const download = await saved
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

/** Fields of RFC 4180 lines. */
function parseCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => {
      const fields = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []
      return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field))
    })
}

const eventSchema = z.object({
  type: z.string(),
  details: z.object({ facts: z.object({ reason: z.string().optional() }).optional() }),
})

test('an auditor exports what is shown, and no cell is a formula', async ({ browser }) => {
  const vaultName = await nameVaultLikeFormula(browser)
  const keyName = await stopKey(browser)
  const page = await openAs(browser, officerWith(['auditor']))

  await page.goto(`/audit?q=${encodeURIComponent(`type:connection vault:"${vaultName}"`)}`)
  const shown = await wordsOf(page)
  const csv = await exported(page, 'Export CSV')
  expect(csv.name).toMatch(/^drawbridge-audit-\d{4}-\d\d-\d\d\.csv$/)
  const [header = [], ...rows] = parseCsv(csv.text)
  expect(rows).toHaveLength(shown.length)
  expect(rows.map((row) => row[header.indexOf('vaultName')])).toEqual(rows.map(() => `'${vaultName}`))
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)

  await page.goto(`/audit?q=${encodeURIComponent(`key:${keyName}`)}`)
  const lines = parseCsv((await exported(page, 'Export CSV')).text)
  for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
  for (const line of lines) expect(line).toHaveLength(header.length)
  expect(lines.flat().join('\n'), 'the reason is in it').toContain('HYPERLINK')

  const jsonl = await exported(page, 'Export JSON lines')
  const parsed = jsonl.text
    .trimEnd()
    .split('\n')
    .map((line) => eventSchema.parse(JSON.parse(line)))
  expect(parsed).toHaveLength(lines.length - 1)
  expect(parsed.map(({ details }) => details.facts?.reason)).toContain(FORMULA)

  await page.goto('/audit?q=type:audit.exported')
  await expect(events(page).nth(1)).toContainText(officerWith(['auditor']).name)
  await page.context().close()
})

test('to others the export is closed, and says why', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['custodian']))
  await page.goto('/audit')
  for (const name of ['Export CSV', 'Export JSON lines']) {
    const button = page.getByRole('button', { name })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription('This needs the role auditor.')
  }
  await page.context().close()
})
