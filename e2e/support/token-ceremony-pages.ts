import { readFileSync } from 'node:fs'
import { type Browser, expect, type Page } from '@playwright/test'
import { encode } from 'uqr'
import { type Officer, officerWith } from './installation'
import { openAs } from './sign-in'
import { type Look, sha256Hex } from './token-ceremony'
import { type CarriedKek, detail } from './token-ceremony-kek'

/** The sheet shows what was computed here from the downloaded file: in groups, and in the QR code module by module. */
export async function expectSheet(page: Page, { kid, spki, spkiSha256 }: CarriedKek): Promise<void> {
  await expect(page.getByRole('code').filter({ hasText: new RegExp(`^${spkiSha256}$`) })).toBeVisible()
  await expect(page.getByText(kid, { exact: true }).first()).toBeVisible()
  const text = `drawbridge-kek:1?kid=${encodeURIComponent(kid)}&spki=${Buffer.from(spki).toString('base64url')}`
  const { data } = encode(text, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`${x} ${y}`] : [])))
  const drawn = await page
    .getByRole('img', { name: /^QR code/ })
    .locator('path')
    .getAttribute('d')
  expect([...(drawn ?? '').matchAll(/M(\d+ \d+)h1v1h-1z/g)].map(([, at]) => at)).toEqual(dark)
}

interface Arrived {
  name: string
  reference: string
  file: Uint8Array
  kek: CarriedKek
  approver: Officer
}

/** The done page: what happens next and who is asked, and the ceremony record as a file. Answers the exact version. */
export async function expectArrived(page: Page, { name, reference, file, kek, approver }: Arrived, look: Look) {
  await expect(page.getByText('The key is in the vault, disabled.')).toBeVisible()
  await expect(page.getByText('Asked to decide:')).toContainText(approver.name)
  await look(page, 'done')
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as JSON' }).click()
  const record = JSON.parse(readFileSync(await (await saved).path(), 'utf8'))
  expect(record).toMatchObject({
    schema: 'drawbridge/ceremony-record/2',
    reference,
    file: { name: `${name}.byok`, sha256: sha256Hex(file), bytes: file.length },
    kek: { kid: kek.kid, spkiSha256: kek.spkiSha256 },
    key: { name },
    decision: { decision: 'undecided' },
  })
  const kid = (await detail(page, 'Key identifier').getByRole('code').textContent()) ?? ''
  expect(record.key.kid).toBe(kid)
  expect(kid).toMatch(new RegExp(`/keys/${name}/[0-9a-f]{32}$`))
  await page.getByRole('link', { name: 'Printable page' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ceremony record')
  await look(page, 'ceremony record')
  await page.goBack()
  return kid
}

/** The importer sees the review, and why its buttons are not theirs. */
export async function expectOwnReviewClosed(page: Page, look: Look): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Review', exact: true }).click()
  const reason = 'You imported or created this key; another officer must decide it.'
  await expect(page.getByRole('main').getByText(reason).first()).toBeVisible()
  for (const name of ['Enable this version', 'Reject…']) {
    const button = page.getByRole('button', { name })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await button.focus()
    await expect(button).toHaveAccessibleDescription(reason)
  }
  await look(page, 'own review')
}

/** The inventory shows the key as active, from a transfer blob; its row leads to its page. */
export async function expectActive(page: Page, { name, vaultName }: { name: string; vaultName: string }, look: Look) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
  await page.getByLabel('Search names and tags').fill(name)
  await page.getByLabel('Search names and tags').press('Enter')
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  await expect(row).toContainText(vaultName)
  await expect(row).toContainText('Active')
  await expect(row).toContainText('transfer blob', { ignoreCase: true })
  await look(page, 'inventory')
  await row.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await look(page, 'key')
}

/** An auditor reads who did what, and takes it along as CSV. */
export async function expectAudited(
  browser: Browser,
  { name, importer, approver }: { name: string; importer: Officer; approver: Officer },
  look: Look,
): Promise<void> {
  const page = await openAs(browser, officerWith(['auditor']))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).click()
  await page.getByLabel('Search', { exact: true }).fill(`key:${name}`)
  await page.getByRole('button', { name: 'Search' }).click()
  const events = page.getByRole('main').getByRole('row')
  const told = (who: Officer, what: string) => events.filter({ hasText: new RegExp(`${who.name} [^.]*${what}`) })
  await expect(told(importer, `imported ${name}, version`)).toHaveCount(1)
  await expect(told(approver, `approved ${name}, version`)).toHaveCount(1)
  await expect(told(approver, `enabled the imported ${name}, version`)).toHaveCount(1)
  await look(page, 'audit')
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(lines[0]).toContain('at,type,phase,words,actorName')
  expect(lines.slice(1).every((line) => line.includes(name))).toBe(true)
  const by = (who: Officer, type: string) => lines.filter((line) => line.includes(who.name) && line.includes(type))
  expect(by(importer, '"operation","succeeded"').join('\n')).toContain(`imported ${name}`)
  expect(by(approver, '"review.approved"')).toHaveLength(1)
}
