import { createHash } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/axe'
import { sql } from './support/database'
import { type Officer, officerWith } from './support/installation'
import { personWith } from './support/people'
import { logInAtProvider, PROVIDER_NAME, providerIssuer } from './support/provider'
import { signIn } from './support/sign-in'

test.describe.configure({ timeout: 120_000 })

interface Seat {
  page: Page
  /** This very session's row. */
  sessionId: string
}

/** Signs in with a browser that no other test has, so that its row is found. */
async function takeSeat(browser: Browser, officer: Officer): Promise<Seat> {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0 e2e/${crypto.randomUUID()}`
  const context = await browser.newContext({ userAgent })
  const page = await context.newPage()
  await signIn(page, officer)
  return { page, sessionId: await sessionOf(userAgent) }
}

async function sessionOf(userAgent: string): Promise<string> {
  const [row] = await sql('SELECT id FROM session WHERE user_agent = $1 ORDER BY created_at DESC LIMIT 1', [userAgent])
  return String(row?.id)
}

/** The console's clock can't be moved from outside; the row's instants can. Answers the instant as it stands now. */
async function touchedAgo(sessionId: string, minutes: number): Promise<string> {
  const [row] = await sql(
    `UPDATE session SET last_use_at = now() - $2::float8 * interval '1 minute' WHERE id = $1 RETURNING last_use_at::text`,
    [sessionId, minutes],
  )
  return String(row?.last_use_at)
}

async function lastTouch(sessionId: string): Promise<string> {
  const [row] = await sql('SELECT last_use_at::text FROM session WHERE id = $1', [sessionId])
  return String(row?.last_use_at)
}

const polled = (page: Page, path: string) =>
  page.waitForResponse((answer) => new URL(answer.url()).pathname === path, { timeout: 45_000 })
const over = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })
const note = (page: Page) => page.getByRole('alert').filter({ hasText: 'You will soon be signed out' })

test('a refreshing inventory that is left open does not keep its session', async ({ browser }) => {
  const { page, sessionId } = await takeSeat(browser, officerWith(['auditor']))
  await page.goto('/keys')
  await expect(page.getByRole('table', { name: 'Keys' })).toBeVisible()
  await page.getByLabel('Live').selectOption('10')
  const touched = await touchedAgo(sessionId, 10)

  for (let polls = 0; polls < 2; polls += 1) {
    const [status, keys] = await Promise.all([polled(page, '/api/status'), polled(page, '/api/keys')])
    expect([status.status(), keys.status()]).toEqual([200, 200])
  }
  expect(await lastTouch(sessionId)).toBe(touched)

  const lapsed = await touchedAgo(sessionId, 15)
  await expect(over(page)).toBeVisible({ timeout: 45_000 })
  expect(await lastTouch(sessionId)).toBe(lapsed)
  expect((await page.request.get('/api/keys')).status()).toBe(401)
  // Nothing of the page is shown to whoever passes by, and Escape does not uncover it.
  await expect(page.getByRole('table', { name: 'Keys' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(over(page)).toBeVisible()
  await expectAccessible(page, 'a session that is over')
  await page.context().close()
})

test('the officer is told in time, in every tab; a script keeps no session, a key press does', async ({ browser }) => {
  const { page, sessionId } = await takeSeat(browser, officerWith(['auditor']))
  const other = await page.context().newPage()
  await other.goto('/keys')
  await page.goto('/audit')
  const touched = await touchedAgo(sessionId, 13.1)
  await page.bringToFront()
  await expect(note(page)).toBeVisible({ timeout: 45_000 })
  await expect(note(other)).toBeVisible()

  await page.evaluate(() => {
    for (const type of ['keydown', 'pointerdown', 'wheel', 'touchstart']) window.dispatchEvent(new Event(type))
    document.body.click()
  })
  await polled(page, '/api/status')
  expect(await lastTouch(sessionId)).toBe(touched)

  const told = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/session'),
  )
  await page.keyboard.press('Shift')
  expect((await told).status()).toBe(200)
  await expect(note(page)).toBeHidden()
  await expect(note(other)).toBeHidden()
  expect(Date.parse(await lastTouch(sessionId))).toBeGreaterThan(Date.now() - 30_000)
  await page.context().close()
})

test('the button of the note keeps the session, and nobody else’s page can', async ({ browser }) => {
  const { page, sessionId } = await takeSeat(browser, officerWith(['auditor']))
  const foreign = await page.request.post('/api/session', { headers: { origin: 'https://evil.example' } })
  expect(foreign.status()).toBeGreaterThanOrEqual(400)
  const touched = await touchedAgo(sessionId, 13.5)
  expect((await page.request.post('/api/session')).status()).toBe(403)
  expect(await lastTouch(sessionId)).toBe(touched)
  await page.goto('/keys')
  await expect(note(page)).toBeVisible()
  await expectAccessible(page, 'a session that is about to end')
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(note(page)).toBeHidden()
  expect(await lastTouch(sessionId)).not.toBe(touched)
  await page.context().close()
})

test('what was typed stays when the session ends, and goes on once the same officer has signed in again', async ({
  browser,
}) => {
  const officer = officerWith(['administrator'])
  const { page, sessionId } = await takeSeat(browser, officer)
  await page.goto('/vaults/new')
  await page.getByLabel('Name', { exact: true }).fill('half-typed')
  await sql('UPDATE session SET ended_at = now() WHERE id = $1', [sessionId])
  await expect(over(page)).toBeVisible({ timeout: 45_000 })

  const [again] = await Promise.all([
    page.context().waitForEvent('page'),
    over(page).getByRole('link', { name: 'Sign in again' }).click(),
  ])
  await again.getByLabel('E-mail').fill(officer.email)
  await again.getByLabel('Password').fill(officer.password)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again.getByRole('button', { name: 'Your menu' })).toContainText(officer.name)
  await expect(over(page)).toBeHidden()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('half-typed')

  const another = officerWith(['auditor'])
  await again.context().clearCookies()
  await signIn(again, another)
  await expect(page.getByRole('dialog', { name: 'Somebody else has signed in' })).toBeVisible()
  await page.context().close()
})

test('one sees one’s sessions and ends them; sign-out clears what the browser kept of the site', async ({
  browser,
}) => {
  const officer = await personWith(['auditor', 'viewer'])
  const here = await takeSeat(browser, officer)
  const there = await takeSeat(browser, officer)
  await here.page.getByRole('button', { name: 'Your menu' }).click()
  await here.page.getByRole('link', { name: 'Your account' }).click()
  await expect(here.page.getByRole('heading', { level: 1 })).toHaveText('Your account')
  const rows = here.page.getByRole('table', { name: 'Your sessions' }).getByRole('row')
  await expect(rows.filter({ hasText: 'This session' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'Chrome 141 on Linux' }).first()).toBeVisible()
  await expectAccessible(here.page, 'account')

  await here.page.getByRole('button', { name: 'End all others' }).click()
  await expect(rows).toHaveCount(2) // its header, and this one
  expect((await there.page.request.get('/api/status')).status()).toBe(401)
  await there.page.goto('/keys')
  await expect(there.page).toHaveURL(/\/sign-in/)

  const answer = here.page.waitForResponse((one) => one.url().endsWith('/api/auth/signout'))
  await here.page.getByRole('button', { name: 'Your menu' }).click()
  await here.page.getByRole('button', { name: 'Sign out' }).click()
  expect((await (await answer).allHeaders())['clear-site-data']).toBe('"cache", "cookies", "storage"')
  await expect(here.page).toHaveURL(/\/sign-in/)
  const [row] = await sql('SELECT ended_because FROM session WHERE id = $1', [here.sessionId])
  expect(row).toEqual({ ended_because: 'sign-out' })
  await here.page.context().close()
  await there.page.context().close()
})

test('signing in anew in the same browser ends the session that it had', async ({ browser }) => {
  const officer = officerWith(['auditor'])
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0 e2e/${crypto.randomUUID()}`
  const context = await browser.newContext({ userAgent })
  // Both begun before anybody was signed in: later they would lead on.
  const [byPassword, byProvider] = [await context.newPage(), await context.newPage()]
  await byPassword.goto('/sign-in')
  await byProvider.goto('/sign-in')
  await byProvider.getByRole('link', { name: `Sign in with ${PROVIDER_NAME}` }).click()
  await expect(byProvider).toHaveURL((url) => url.origin === providerIssuer())
  await signIn(await context.newPage(), officer)
  const first = await sessionOf(userAgent)
  const before = await browser.newContext()
  await before.addCookies(await context.cookies())
  expect((await before.request.get('/api/status')).status()).toBe(200)

  await byPassword.getByLabel('E-mail').fill(officer.email)
  await byPassword.getByLabel('Password').fill(officer.password)
  await byPassword.getByRole('button', { name: 'Sign in' }).click()
  await expect(byPassword.getByRole('button', { name: 'Your menu' })).toContainText(officer.name)
  const second = await sessionOf(userAgent)
  expect(await endOf(first)).toBe('new-sign-in')
  expect((await before.request.get('/api/status')).status()).toBe(401)

  await logInAtProvider(byProvider, 'amara.okafor')
  await expect(byProvider.getByRole('button', { name: 'Your menu' })).toContainText('Amara of Northwind')
  expect(await endOf(second)).toBe('new-sign-in')
  expect(await endOf(await sessionOf(userAgent))).toBeNull()
  await before.close()
  await context.close()
})

async function endOf(sessionId: string): Promise<unknown> {
  const [row] = await sql('SELECT ended_because FROM session WHERE id = $1', [sessionId])
  return row?.ended_because
}

/** As two administrators would change them: the database takes no role away without. */
async function keepRoles({ email }: Officer, roles: readonly string[]): Promise<void> {
  const [id, text] = [crypto.randomUUID(), JSON.stringify({ after: { email, roles } })]
  await sql(
    `INSERT INTO proposal (id, kind, subject_id, proposer_id, reason, status, frozen_request, frozen_sha256, proposed_at, expires_at)
     SELECT $1, 'change_roles', (SELECT id FROM person WHERE email = $2), person_id, 'For a test', 'waiting', $3, $4,
            now(), now() + interval '1 day'
       FROM person_role WHERE role = 'administrator' ORDER BY person_id LIMIT 1`,
    [id, email, text, createHash('sha256').update(text).digest('hex')],
  )
  await sql(
    `WITH confirmed AS (
       UPDATE proposal SET status = 'confirmed', decided_at = now(), revision = revision + 1, decided_by_id =
         (SELECT person_id FROM person_role WHERE role = 'administrator' ORDER BY person_id DESC LIMIT 1)
       WHERE id = $1)
     DELETE FROM person_role WHERE person_id = (SELECT id FROM person WHERE email = $2) AND NOT role::text = ANY ($3)`,
    [id, email, roles],
  )
}

test('a person who is disabled, or loses a role, is stopped on the next request', async ({ browser }) => {
  const officer = await personWith(['auditor', 'approver'])
  const { page } = await takeSeat(browser, officer)
  expect((await page.request.get('/api/audit/export?q=type:audit.exported')).status()).toBe(200)
  await keepRoles(officer, ['approver'])
  expect((await page.request.get('/api/audit/export?q=type:audit.exported')).status()).toBe(403)
  expect((await page.request.get('/api/status')).status()).toBe(200)
  await sql('UPDATE person SET disabled_at = now() WHERE email = $1', [officer.email])
  expect((await page.request.get('/api/status')).status()).toBe(401)
  await page.context().close()
})
