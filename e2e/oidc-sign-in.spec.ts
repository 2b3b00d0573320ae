import { randomUUID } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/axe'
import { sql } from './support/database'
import {
  goThroughProvider,
  logInAtProvider,
  PROVIDER_NAME,
  providerIssuer,
  providerSays,
  signInByProvider,
} from './support/provider'

const button = (page: Page) => page.getByRole('link', { name: `Sign in with ${PROVIDER_NAME}` })
const newSubject = (who: string) => `${who}-${randomUUID()}`

async function rolesOf(sub: string): Promise<unknown[]> {
  const rows = await sql(
    `SELECT r.role::text FROM person p JOIN person_role r ON r.person_id = p.id
      WHERE p.issuer = $1 AND p.subject = $2 ORDER BY 1`,
    [providerIssuer(), sub],
  )
  return rows.map(({ role }) => role)
}

async function lastRefusal(sub: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await sql(
    `SELECT code, details FROM audit_event WHERE type = 'sign-in.refused' AND details->>'subject' = $1 ORDER BY id DESC LIMIT 1`,
    [sub],
  )
  return row
}

test.describe('signing in with the identity provider', () => {
  test('leads back to the page that was asked for, as the person the provider named', async ({ page }) => {
    await page.goto('/keks?deep=link')
    await expect(page).toHaveURL(/\/sign-in\?next=/)
    await expectAccessible(page, 'the sign-in page with a provider')
    await button(page).click()
    await logInAtProvider(page, 'maren')
    await expect(page).toHaveURL(/\/keks\?deep=link$/)
    await expect(page.getByRole('button', { name: 'Your menu' })).toContainText('Maren Lindqvist')
    expect(await rolesOf('maren')).toEqual(['custodian'])
  })

  test('starts a session of its own that signing out ends', async ({ page }) => {
    await signInByProvider(page, 'idris', 'Idris Bello')
    await page.getByRole('button', { name: 'Your menu' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(button(page)).toBeVisible()
    await page.goto('/keys')
    await expect(page).toHaveURL(/\/sign-in/)
  })

  test('takes what the provider says at each sign-in, and open sessions take it at once', async ({ browser }) => {
    const sub = newSubject('ada')
    await providerSays(sub, 'Ada Nwosu', ['key-approvers'])
    const first = await (await browser.newContext()).newPage()
    await signInByProvider(first, sub, 'Ada Nwosu')
    await first.goto('/audit')
    await expect(first.getByRole('heading', { level: 1 })).toHaveText('Audit')

    await providerSays(sub, 'Ada Nwosu-Berg', ['auditors', 'key-custodians'])
    const second = await (await browser.newContext()).newPage()
    await signInByProvider(second, sub, 'Ada Nwosu-Berg')
    expect(await rolesOf(sub)).toEqual(['auditor', 'custodian'])
    await first.goto('/keks/new')
    await expect(first.getByRole('button', { name: 'Create KEK' })).toBeVisible()
  })

  test('is refused to whom the provider has taken every role, whose open session is closed too', async ({
    browser,
  }) => {
    const sub = newSubject('leo')
    await providerSays(sub, 'Leo Marchetti', ['auditors'])
    const first = await (await browser.newContext()).newPage()
    await signInByProvider(first, sub, 'Leo Marchetti')

    await providerSays(sub, 'Leo Marchetti', [])
    const second = await (await browser.newContext()).newPage()
    await goThroughProvider(second, sub)
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('None of your groups gives a role here')
    await expectAccessible(second, 'the refusal of somebody without a role')
    expect(await rolesOf(sub)).toEqual([])
    expect(await lastRefusal(sub)).toMatchObject({ code: 'no-role', details: { issuer: providerIssuer() } })
    await first.goto('/audit')
    await expect(first.getByRole('heading', { level: 1 })).not.toHaveText('Audit')
  })

  test('shows issuer and subject to be copied, and nothing of it stands in the address', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await goThroughProvider(page, 'noor')
    await expect(page).toHaveURL(/\/sign-in\/refused$/)
    await expect(page).toHaveTitle(/^Error: /)
    await expect(page.getByText(providerIssuer(), { exact: true })).toBeVisible()
    // A button that is pressed before the page is alive does nothing yet.
    await expect(async () => {
      await page.getByRole('button', { name: 'Copy subject' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached({ timeout: 1_000 })
    }).toPass()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('noor')
  })

  test('is refused to an administrator who would also move keys', async ({ page }) => {
    await goThroughProvider(page, 'viktor')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your groups give roles that exclude each other')
    expect(await lastRefusal('viktor')).toMatchObject({ code: 'roles-exclusive' })
    expect(await sql('SELECT 1 FROM person WHERE subject = $1', ['viktor'])).toEqual([])
  })

  test('makes the same subject at another issuer another person', async ({ page }) => {
    await signInByProvider(page, 'amara.okafor', 'Amara of Northwind')
    const people = await sql('SELECT issuer, name FROM person WHERE subject = $1 ORDER BY name', ['amara.okafor'])
    expect(people).toEqual([
      { issuer: 'local', name: 'Amara Okafor' },
      { issuer: providerIssuer(), name: 'Amara of Northwind' },
    ])
    expect(await rolesOf('amara.okafor')).toEqual(['auditor'])
  })

  test('is refused to a disabled person', async ({ page }) => {
    const sub = newSubject('ruth')
    await providerSays(sub, 'Ruth Eide', ['auditors'])
    await signInByProvider(page, sub, 'Ruth Eide')
    await sql('UPDATE person SET disabled_at = now() WHERE subject = $1', [sub])
    await page.goto('/audit')
    await expect(page).toHaveURL(/\/sign-in/)
    // The provider knows her still, and asks no more.
    await button(page).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account here is disabled')
    expect(await lastRefusal(sub)).toMatchObject({ code: 'disabled' })
  })

  test('that is cancelled there says so, and can be begun again', async ({ page }) => {
    await page.goto('/sign-in')
    await button(page).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The identity provider ended the sign-in')
    await page.getByRole('link', { name: 'Back to sign-in' }).click()
    await expect(button(page)).toBeVisible()
  })
})

/**
 * The provider's answer, before the browser carries it to the console: its last steps are asked for with the browser's
 * cookies, but by hand, since Playwright can't hold back where a redirect leads.
 */
async function catchAnswer(page: Page, sub: string): Promise<URL> {
  await page.goto('/sign-in')
  await button(page).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The provider’s login')
  const login = page.url()
  let answer = await page.request.post(login, { form: { sub }, maxRedirects: 0 })
  for (;;) {
    const next = new URL(answer.headers().location ?? '', login)
    if (next.pathname === '/api/auth/oidc/callback') return next
    answer = await page.request.get(next.href, { maxRedirects: 0 })
  }
}

async function expectLost(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This sign-in was not begun here')
  await page.goto('/keys')
  await expect(page).toHaveURL(/\/sign-in/)
}

test.describe('an answer of the provider', () => {
  test('in another browser than the one that asked is worth nothing', async ({ page, browser }) => {
    const answer = await catchAnswer(page, 'maren')
    const other = await (await browser.newContext()).newPage()
    await expectLost(other, answer.href)
  })

  test('under another state is refused, and ends what was begun', async ({ page }) => {
    const answer = await catchAnswer(page, 'maren')
    const forged = new URL(answer)
    forged.searchParams.set('state', 'x'.repeat(43))
    await expectLost(page, forged.href)
    await expectLost(page, answer.href)
  })

  test('serves once', async ({ page }) => {
    const answer = await catchAnswer(page, 'maren')
    await page.goto(answer.href)
    await expect(page.getByRole('button', { name: 'Your menu' })).toContainText('Maren Lindqvist')
    await page.context().clearCookies({ name: /drawbridge\.session/ })
    await expectLost(page, answer.href)
  })

  test('is not used up by a HEAD request', async ({ page }) => {
    const answer = await catchAnswer(page, 'maren')
    expect((await page.request.head(answer.href)).status()).toBe(405)
    await page.goto(answer.href)
    await expect(page.getByRole('button', { name: 'Your menu' })).toContainText('Maren Lindqvist')
  })

  test('leaves no token, code or secret in the record or the page', async ({ page }) => {
    const answer = await catchAnswer(page, 'idris')
    await page.goto(answer.href)
    const code = answer.searchParams.get('code') ?? ''
    expect(code.length).toBeGreaterThan(20)
    const found = await sql('SELECT count(*)::int AS n FROM audit_event WHERE details::text LIKE $1', [`%${code}%`])
    expect(found).toEqual([{ n: 0 }])
    expect(await page.content()).not.toContain(code)
  })
})

test('a page elsewhere can’t begin a sign-in: it leads to the page where a person decides', async ({ page }) => {
  const foreign = await page.request.get('/api/auth/oidc/sign-in?next=/keys', {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    maxRedirects: 0,
  })
  expect(foreign.status()).toBe(303)
  expect(new URL(foreign.headers().location ?? '').pathname).toBe('/sign-in')
})

test('a sign-in leads to no other origin afterwards', async ({ page }) => {
  await page.goto('/api/auth/oidc/sign-in?next=//evil.example/')
  await logInAtProvider(page, 'maren')
  await expect(page).toHaveURL(`${process.env.E2E_CONSOLE_URL}/`)
})
