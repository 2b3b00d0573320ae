import { expect, type Page } from '@playwright/test'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import { checksOf } from '@/lib/domain/preflight/run-preflight'
import { confirmIdentity } from './confirm-identity'
import { justGoOn, type Look } from './token-ceremony'

export interface WizardAnswers {
  file: { name: string; bytes: Uint8Array }
  name: string
  /** As the form names it: `RSA-3072 (RSA-HSM)`. */
  type: string
  /** As the form names it: `Sign`. */
  purpose: string
}

const WARNING = 'I have read this warning and go on'

/** From a KEK's page through every step of the wizard to the import's own page. Answers the reference number. */
export async function importUnderKek(page: Page, answers: WizardAnswers, look: Look = justGoOn): Promise<string> {
  await page.getByRole('link', { name: 'Import under this KEK' }).click()
  await expectStep(page, 1, 'Choose the vault and its KEK')
  // Both were chosen by the way in.
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(2)
  await look(page, 'wizard: vault')
  await goOn(page)

  await expectStep(page, 2, 'Give the key file or transfer blob')
  await giveFile(page, answers.file)
  await look(page, 'wizard: file')
  await goOn(page)

  await expectStep(page, 3, 'Describe the key')
  await describeKey(page, answers)
  await look(page, 'wizard: key')
  await goOn(page)

  await expectStep(page, 4, 'Preflight')
  await readPreflight(page, look)
  await goOn(page)

  await expectStep(page, 5, 'Check your answers')
  await expect(page.getByRole('main')).toContainText(answers.name)
  await look(page, 'wizard: answers')
  await page.getByRole('button', { name: 'Import key, disabled for review' }).click()
  await confirmIdentity(page)
  return doneReference(page)
}

/** The reference number that the import's own page leads with. */
export async function doneReference(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(/^Import \S+$/, { timeout: 20_000 })
  return ((await heading.textContent()) ?? '').replace('Import ', '')
}

/** A step is a page to its reader: heading, focus and title say so. */
export async function expectStep(page: Page, number: number, title: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(title)
  await expect(page).toHaveTitle(new RegExp(`Step ${number} of 5: ${title} – Import a key`))
  if (number > 1) await expect(heading).toBeFocused()
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function giveFile(page: Page, { name, bytes }: WizardAnswers['file']): Promise<void> {
  await page.getByLabel('Transfer blob').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  })
  await expect(page.getByRole('main')).toContainText(name)
}

async function describeKey(page: Page, { name, type, purpose }: WizardAnswers): Promise<void> {
  await page.getByLabel('Name in the vault').fill(name)
  await page.getByRole('radio', { name: type, exact: true }).check()
  await page.getByRole('radio', { name: purpose, exact: true }).check()
}

/** Every check is there with its verdict; going on is refused until each warning was acknowledged, one by one. */
async function readPreflight(page: Page, look: Look): Promise<void> {
  const rows = await expectEveryCheck(page)
  const warnings = page.getByRole('checkbox', { name: WARNING })
  const count = await warnings.count()
  expect(count, 'a key without an expiry is warned about').toBeGreaterThan(0)
  expect(rows.filter(({ verdict }) => verdict === 'Warning')).toHaveLength(count)
  await look(page, 'wizard: preflight')
  for (let index = 0; index < count; index += 1) {
    await goOn(page)
    await expectErrorSummary(page, count - index)
    await warnings.nth(index).check()
  }
}

/** The rows as they are read: nothing failed, nothing waits, none is missing. */
export async function expectEveryCheck(page: Page) {
  const titles = checksOf('blob').map((id) => PREFLIGHT_CHECKS[id].title)
  await expect(page.getByText(/^\d+ of \d+ checks passed[^a-z]*(?:\d+ warnings?)?$/)).toBeVisible()
  const rows = await page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: /^(?:Passed|Warning|Failed|Waiting)/ })
    .evaluateAll((items) =>
      items.map((item) => {
        const [verdict = '', title = '', fact = ''] = [
          ...item.querySelectorAll(':scope > span, :scope > div > span'),
        ].map((part) => part.textContent ?? '')
        return { verdict, title, fact }
      }),
    )
  expect(rows.map(({ title }) => title).sort()).toEqual([...titles].sort())
  expect(rows.filter(({ verdict, fact }) => !fact || !['Passed', 'Warning'].includes(verdict))).toEqual([])
  return rows
}

/** All that is wrong, above the form, focused, and told by the title. */
export async function expectErrorSummary(page: Page, errors: number): Promise<void> {
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('listitem')).toHaveCount(errors)
  await expect(page).toHaveTitle(/^Error: /)
}
