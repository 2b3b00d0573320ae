import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { rolesWith } from '@/lib/domain/people/permissions'
import { type ActionRequest, codeOf, cookieOf, holdActions, postAction, withKey } from './support/actions'
import { uniqueName } from './support/actions-wizard'
import { sql } from './support/database'
import { installation, officerWith } from './support/installation'
import { PAGE_ROWS } from './support/matrix-table'
import { makePlaces, type Places } from './support/pages'
import { personWith } from './support/people'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

let places: Places

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  places = await makePlaces(browser)
})

/** What a page answers, without following where it leads. */
async function askPage(context: BrowserContext, path: string) {
  const answer = await context.request.get(path, { maxRedirects: 0 })
  return { status: answer.status(), location: answer.headers().location ?? null }
}

async function askHandler(context: BrowserContext, path: string) {
  const answer = await context.request.get(path)
  const problem = answer.ok() ? null : await answer.json()
  return { status: answer.status(), code: problem?.problem.code ?? null }
}

test('a closed page says which role it needs, and the way in leads back to where one was going', async ({
  browser,
}) => {
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto('/import/new')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your roles do not open this page')
  await expect(page.getByRole('main')).toContainText(`needs the role ${rolesWith('imports.create').join(' or ')}`)
  await page.context().clearCookies()
  await page.goto('/audit?q=type%3Asession')
  const { email, password } = officerWith(['auditor'])
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL('/audit?q=type%3Asession')
  await page.context().close()
})

test('a control that is closed stays in view and says why', async ({ browser }) => {
  const page = await openAs(browser, await personWith(['viewer']))
  await page.goto(PAGE_ROWS['/keys/[connection]/[name]']?.at(places) ?? '')
  for (const [name, permission] of [
    ['Disable now', 'keys.stop'],
    ['Mark compromised', 'keys.mark-compromised'],
    ['Request enabling', 'keys.request-enable'],
  ] as const) {
    const button = page.getByRole('button', { name, exact: true })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription(`This needs the role ${rolesWith(permission).join(' or ')}.`)
    await button.focus()
    await expect(button).toBeFocused()
    await button.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.goto('/vaults')
  await expect(page.getByRole('button', { name: 'Connect a vault' })).toHaveAttribute('aria-disabled', 'true')
  await page.goto(`/keks/${places.kekId}`)
  await expect(page.getByRole('button', { name: 'Download public key' })).toHaveAttribute('aria-disabled', 'true')
  await page.context().close()
})

/** A request that would make a KEK, held back on its way. */
async function holdKekRequest(page: Page, name: string): Promise<ActionRequest> {
  const holdNext = await holdActions(page)
  await page.goto('/keks/new')
  await page.getByLabel('Vault', { exact: true }).selectOption({ label: 'local-vault (local)' })
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: '2048 bits' }).check()
  const held = holdNext(name)
  await page.getByRole('button', { name: 'Create KEK' }).click()
  return held
}

test.describe('an action posted by hand', () => {
  // Nobody else's: their sessions are ended here.
  const SOMEBODY = ['custodian', 'viewer'] as const
  let page: Page
  let name: string
  let request: ActionRequest

  test.beforeEach(async ({ browser }) => {
    page = await openAs(browser, await personWith(SOMEBODY))
    name = uniqueName('never')
    request = await holdKekRequest(page, name)
  })
  test.afterEach(() => page.context().close())

  const fresh = () => withKey(request, crypto.randomUUID())
  const inVault = () => versionsOf(vaultKeys(), name)

  test('is refused without Origin, with a foreign one and from another site', async () => {
    const cookie = await cookieOf(page)
    const post = async (headers: Record<string, string | undefined>) =>
      codeOf(await postAction(fresh(), { cookie, headers }))
    expect(await post({ origin: undefined })).toBe('wrong-origin')
    expect(await post({ origin: undefined, 'sec-fetch-site': undefined })).toBe('wrong-origin')
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe('wrong-origin')
    expect(await post({ origin: 'https://evil.example' })).toBe('wrong-origin')
    expect(await post({ origin: 'null' })).toBe('wrong-origin')
    // Next believes X-Forwarded-Host; the console does not.
    expect(await post({ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).toBe('wrong-origin')
    expect(await inVault()).toEqual([])
  })

  test('that comes from elsewhere with somebody’s session is on the record', async () => {
    const cookie = await cookieOf(page)
    const headers = { origin: 'https://evil.example' }
    const refusals = async () => {
      const { email } = await personWith(SOMEBODY)
      const [row] = await sql(
        `SELECT count(*)::int AS n FROM audit_event JOIN person ON person.id = actor_id
          WHERE email = $1 AND type = 'action.refused' AND code = 'wrong-origin' AND details->>'action' = 'POST /keks/new'`,
        [email],
      )
      return row?.n
    }
    const before = Number(await refusals())
    expect(codeOf(await postAction(fresh(), { cookie, headers }))).toBe('wrong-origin')
    await expect.poll(refusals).toBe(before + 1)
  })

  test('that the front refuses is told on the screen as a refusal, and may be sent again', async () => {
    await page.route('**/keks/new', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const headers = { ...route.request().headers(), origin: 'https://evil.example' }
      await route.fulfill({ response: await route.fetch({ headers }) })
    })
    await page.getByRole('button', { name: 'Create KEK' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'did not come from this console' })).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
    await page.unroute('**/keks/new')
    expect(await inVault()).toEqual([])
  })

  test('is refused without a session, with a forged one and with another role’s', async ({ browser }) => {
    expect(codeOf(await postAction(fresh(), { cookie: '' }))).toBe('signed-out')
    expect(codeOf(await postAction(fresh(), { cookie: 'drawbridge.session=forged' }))).toBe('signed-out')
    const auditor = await openAs(browser, officerWith(['auditor']))
    expect(codeOf(await postAction(fresh(), { cookie: await cookieOf(auditor) }))).toBe('not-permitted')
    await auditor.context().close()
    expect(await inVault()).toEqual([])
  })

  test('is refused once its session was ended in the database', async () => {
    const cookie = await cookieOf(page)
    await sql(
      `UPDATE session SET ended_at = now() FROM person
        WHERE person.id = session.person_id AND person.email = $1 AND ended_at IS NULL`,
      [(await personWith(SOMEBODY)).email],
    )
    expect(codeOf(await postAction(fresh(), { cookie }))).toBe('signed-out')
    expect(await askHandler(page.context(), '/api/status')).toEqual({ status: 401, code: 'signed-out' })
    expect(await askPage(page.context(), '/keks')).toEqual({ status: 307, location: '/sign-in?next=%2Fkeks' })
    expect(await inVault()).toEqual([])
  })

  test('is refused once somebody signed out with that cookie elsewhere', async ({ browser }) => {
    const cookie = await cookieOf(page)
    const other = await browser.newContext({ storageState: await page.context().storageState() })
    const elsewhere = await other.newPage()
    await elsewhere.goto('/')
    await elsewhere.getByRole('button', { name: 'Your menu' }).click()
    await elsewhere.getByRole('button', { name: 'Sign out' }).click()
    await expect(elsewhere).toHaveURL(/\/sign-in/)
    await other.close()
    expect(codeOf(await postAction(fresh(), { cookie }))).toBe('signed-out')
    // On the screen: what was typed stays, and the sentence says what to do.
    await page.getByRole('button', { name: 'Create KEK' }).click()
    await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
    expect(await inVault()).toEqual([])
  })

  test('is refused for a console that goes by another name', async () => {
    const cookie = await cookieOf(page)
    const { port } = new URL(installation().console.url)
    const headers = { host: `localhost:${port}`, origin: `http://localhost:${port}` }
    expect(codeOf(await postAction(fresh(), { cookie, headers }))).toBe('wrong-host')
  })

  test('goes through as it was, so that the refusals above are what stopped it', async () => {
    expect(codeOf(await postAction(request, { cookie: await cookieOf(page) }))).toBe('ok')
    expect(await inVault()).toHaveLength(1)
  })
})
