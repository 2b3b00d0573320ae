import { expect, type Page, test } from '@playwright/test'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { sql } from './support/database'
import { logInAtProvider, PROVIDER_NAME, signInByProvider } from './support/provider'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' })
const again = (page: Page) => dialog(page).getByRole('button', { name: `Sign in again with ${PROVIDER_NAME}` })

/** A KEK of the custodian's own, its deletion asked for by its name; the dialog that asks who is there is open. */
async function askToDelete(page: Page): Promise<string> {
  await signInByProvider(page, 'maren', 'Maren Lindqvist')
  const { name } = await makeKek(page)
  await page.getByRole('button', { name: 'Delete…' }).click()
  const confirming = page.getByRole('dialog', { name: `Delete KEK ${name}` })
  await confirming.getByRole('textbox').fill(name)
  await confirming.getByRole('button', { name: 'Delete KEK' }).click()
  await expect(dialog(page)).toBeVisible()
  return name
}

/** The act went on by itself, and its own dialog is gone too. */
async function expectDeleted(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 20_000 })
  await expect(page.getByRole('main')).toContainText('Deleted')
}

async function openWindow(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await again(page).click()
  return opened
}

async function stepUpsOf(name: string): Promise<unknown[]> {
  const rows = await sql(
    `SELECT e.type, e.code, e.details->>'method' AS method FROM audit_event e JOIN session s ON s.id = e.session_id
       JOIN person p ON p.id = s.person_id
      WHERE p.name = $1 AND e.type LIKE 'step-up.%' ORDER BY e.id DESC LIMIT 1`,
    [name],
  )
  return rows
}

test.describe('confirming an act by a fresh sign-in at the provider', () => {
  test('asks again whoever has a session there, closes its window, and the act goes on by itself', async ({ page }) => {
    await askToDelete(page)
    await expectAccessible(page, 'the dialog that asks for a sign-in at the provider')
    const popup = await openWindow(page)
    const closed = popup.waitForEvent('close')
    await expect(dialog(page).getByRole('status')).toContainText('in the window that has opened')
    await logInAtProvider(popup, 'maren')
    await closed
    await expectDeleted(page)
    expect(await stepUpsOf('Maren Lindqvist')).toEqual([{ type: 'step-up.passed', code: null, method: 'oidc' }])
    expect(
      await sql(`SELECT count(*)::int AS n FROM step_up WHERE challenge IS NOT NULL AND passed_at IS NOT NULL`),
    ).toEqual([{ n: 0 }])
  })

  test('as somebody else confirms nothing, says so in both windows, and keeps what was typed', async ({ page }) => {
    const name = await askToDelete(page)
    const popup = await openWindow(page)
    await logInAtProvider(popup, 'idris')
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText('Somebody else signed in')
    await expect(dialog(page).getByRole('status')).toContainText('Somebody else signed in')
    expect(await stepUpsOf('Maren Lindqvist')).toEqual([
      { type: 'step-up.refused', code: 'another-person', method: 'oidc' },
    ])
    await popup.close()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('dialog').getByRole('textbox')).toHaveValue(name)
  })

  test('that is cancelled there leaves the page waiting, and the next one goes through', async ({ page }) => {
    await askToDelete(page)
    const popup = await openWindow(page)
    await popup.getByRole('button', { name: 'Cancel' }).click()
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText('The identity provider ended the sign-in')
    await popup.getByRole('button', { name: 'Close this window' }).click()
    const opened = page.context().waitForEvent('page')
    await dialog(page).getByRole('button', { name: 'Open the window again' }).click()
    await logInAtProvider(await opened, 'maren')
    await expectDeleted(page)
  })

  test('says so when the browser blocks the window, and goes on in a tab', async ({ page }) => {
    await page.addInitScript(() => {
      window.open = () => null
    })
    await askToDelete(page)
    await again(page).click()
    await expect(dialog(page).getByRole('status')).toContainText('Your browser has blocked the window.')
    const opened = page.context().waitForEvent('page')
    await dialog(page).getByRole('link', { name: 'sign in again in a new tab' }).click()
    await logInAtProvider(await opened, 'maren')
    await expectDeleted(page)
  })

  test('of an act of another session confirms nothing', async ({ page, browser }) => {
    await askToDelete(page)
    const [asked] = await sql(
      `SELECT st.id FROM step_up st JOIN session s ON s.id = st.session_id JOIN person p ON p.id = s.person_id
        WHERE p.name = 'Maren Lindqvist' AND st.passed_at IS NULL ORDER BY st.asked_at DESC LIMIT 1`,
    )
    const other = await (await browser.newContext()).newPage()
    await signInByProvider(other, 'maren', 'Maren Lindqvist')
    await other.goto(`/api/auth/oidc/step-up?id=${String(asked?.id)}`)
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Nothing waits to be confirmed')
    await expectAccessible(other, 'the window in which nothing was confirmed')
    await expect(dialog(page)).toBeVisible()
  })
})
