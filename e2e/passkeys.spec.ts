import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { type AnotherConsole, startAnotherConsole } from './support/another-console'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { type Officer, officerWith } from './support/installation'
import { PAGE_ROWS } from './support/matrix-table'
import { personWith } from './support/people'
import { confirmProposal, openProposal } from './support/proposals'
import { openAs, signIn } from './support/sign-in'

// Browsers make no passkey for 127.0.0.1, so these go to one more console on the run's database, at localhost.

let local: AnotherConsole
let required: AnotherConsole
const addressOf = ({ port }: AnotherConsole) => `http://localhost:${port}`

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const at = (more: Record<string, string>) => (port: number) => ({
    DRAWBRIDGE_URL: `http://localhost:${port}`,
    ...more,
  })
  local = await startAnotherConsole(at({}))
  required = await startAnotherConsole(at({ DRAWBRIDGE_REQUIRE_PASSKEYS: 'on' }))
})
test.afterAll(async () => {
  await Promise.all([local, required].map((console) => console.stop()))
})

/** A browser with a fingerprint reader of its own. */
async function browserWithAuthenticator(browser: Browser, at: AnotherConsole): Promise<Page> {
  const context = await browser.newContext({ baseURL: addressOf(at) })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

async function register(page: Page, name: string, prove: () => Promise<void>) {
  await page.goto('/account')
  await page.getByLabel('Name of the new passkey').fill(name)
  await page.getByRole('button', { name: 'Register a passkey' }).click()
  await prove()
  await expect(passkeys(page).getByRole('row', { name })).toBeVisible()
}

const passkeys = (page: Page) => page.getByRole('table', { name: 'Your passkeys' })

async function confirmByPasskey(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(dialog.getByLabel('Your password')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Use a passkey' }).press('Enter')
  await expect(dialog).toBeHidden()
}

async function givePassword(page: Page, { email, password }: Officer, next = '/keks') {
  await page.goto(next)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Use your passkey')
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Your menu' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
}

/** What a page answers, without following where it leads. */
async function leadsTo(context: BrowserContext, path: string) {
  const answer = await context.request.get(path, { maxRedirects: 0 })
  return { status: answer.status(), location: answer.headers().location?.split('?')[0] }
}

test('a passkey is registered, signs in, confirms acts, and is removed', async ({ browser }) => {
  test.setTimeout(120_000)
  const officer = await personWith(['custodian', 'auditor'])
  const page = await browserWithAuthenticator(browser, local)
  await signIn(page, officer)
  await page.goto('/account')
  await expect(page.getByText('You have no passkey.')).toBeVisible()
  await expectAccessible(page, 'account without passkeys')
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').length)
  await register(page, 'Reader of this laptop', () => confirmIdentity(page, officer))
  await expect(page.getByText('The passkey Reader of this laptop is registered.')).toBeAttached()
  await expectAccessible(page, 'account with a passkey')
  expect(await page.evaluate(() => performance.getEntriesByType('resource').length)).toBeGreaterThan(loaded)

  await test.step('the same device is not registered twice, and says so', async () => {
    await page.getByLabel('Name of the new passkey').fill('Once more')
    await page.getByRole('button', { name: 'Register a passkey' }).click()
    await confirmByPasskey(page)
    await expect(page.getByRole('alert').filter({ hasText: 'holds a passkey for your account already' })).toBeVisible()
  })

  await test.step('after the password nothing opens but the page that asks for it', async () => {
    await signOut(page)
    await givePassword(page, officer)
    await expectAccessible(page, 'second factor')
    for (const [address, { who, at }] of Object.entries(PAGE_ROWS)) {
      if (who === 'anybody' || who === 'owing' || address.includes('[')) continue
      const path = at({} as never) // an address without a part in brackets asks for nothing
      expect(await leadsTo(page.context(), path), address).toEqual({ status: 307, location: '/sign-in' })
    }
    expect((await page.context().request.get('/api/status')).status()).toBe(401)
    expect((await page.context().request.get('/api/keys')).status()).toBe(401)
  })

  await test.step('the passkey opens the console where one was going', async () => {
    const before = await page.context().cookies()
    await page.getByRole('button', { name: 'Use a passkey' }).press('Enter')
    await expect(page).toHaveURL(`${addressOf(local)}/keks`)
    await expect(page.getByRole('button', { name: 'Your menu' })).toContainText(officer.name)
    // The cookie from before is worth nothing.
    const old = await browser.newContext({ baseURL: addressOf(local) })
    await old.addCookies(before)
    expect(await leadsTo(old, '/keks')).toEqual({ status: 307, location: '/sign-in' })
    await old.close()
  })

  await test.step('an act that takes a proof asks for the passkey, and then for the removal of the last', async () => {
    await page.goto('/account')
    await page.getByRole('button', { name: 'Remove the passkey Reader of this laptop' }).press('Enter')
    const asking = page.getByRole('dialog', { name: 'Remove the passkey Reader of this laptop' })
    await expect(asking).toContainText('It is your last one')
    await asking.getByRole('button', { name: 'Remove it' }).click()
    await expect(page.getByRole('dialog', { name: 'Confirm that it is you' })).toContainText(
      'Remove the passkey “Reader of this laptop” from your account.',
    )
    await expectAccessible(page, 'step-up by passkey')
    await confirmByPasskey(page)
    await expect(page.getByText('You have no passkey.')).toBeVisible()
    await signOut(page)
    await signIn(page, officer)
  })
  await page.context().close()
})

test('leaving the browser’s dialog does nothing, says so, and can be tried again', async ({ browser }) => {
  const officer = await personWith(['approver', 'auditor'])
  const page = await browserWithAuthenticator(browser, local)
  // In whichever document asks first: a link that is followed before the page is alive opens another.
  await page.addInitScript(() => {
    if (!('credentials' in navigator)) return
    const create = navigator.credentials.create.bind(navigator.credentials)
    navigator.credentials.create = () => {
      navigator.credentials.create = create
      return Promise.reject(new DOMException('', 'NotAllowedError'))
    }
  })
  await signIn(page, officer)
  await page.getByRole('button', { name: 'Your menu' }).click()
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByLabel('Name of the new passkey').fill('Second try')
  await page.getByRole('button', { name: 'Register a passkey' }).click()
  await confirmIdentity(page, officer)
  await expect(page.getByRole('alert').filter({ hasText: 'No passkey was given' })).toBeVisible()
  await expectAccessible(page, 'a passkey that was not given')
  await expect(page.getByLabel('Name of the new passkey')).toHaveValue('Second try')
  // The proof of a moment ago is still good for this very name.
  await page.getByRole('button', { name: 'Register a passkey' }).click()
  await expect(passkeys(page).getByRole('row', { name: 'Second try' })).toBeVisible()
  await page.context().close()
})

for (const role of ['custodian', 'administrator'] as const) {
  test(`an installation that asks for passkeys leads the ${role} to register one, and does nothing grave before`, async ({
    browser,
  }) => {
    test.setTimeout(120_000)
    const officer = await personWith([role])
    const page = await browserWithAuthenticator(browser, required)
    await signIn(page, officer)
    await expect(page).toHaveURL(/\/account#passkeys$/)
    await expect(page.getByText('This installation asks you for a passkey.')).toBeVisible()
    await expectAccessible(page, 'account that lacks a passkey')
    if (role === 'administrator') await test.step('no proposal is made before', () => proposeInVain(page))
    await register(page, 'Reader', () => confirmIdentity(page, officer))
    await expect(page.getByText('This installation asks you for a passkey.')).toBeHidden()
    const remove = page.getByRole('button', { name: 'Remove the passkey Reader' })
    await expect(remove).toHaveAttribute('aria-disabled', 'true')
    await page.goto('/')
    await expect(page).toHaveURL(`${addressOf(required)}/`)
    await page.context().close()
  })
}

async function proposeInVain(page: Page) {
  await page.goto('/people/new')
  await page.getByLabel('Name', { exact: true }).fill('Too Early')
  await page.getByLabel('E-mail').fill('too-early@e2e.drawbridge.test')
  await page.getByRole('radio', { name: 'With a password of this installation' }).check()
  await page.getByRole('checkbox', { name: 'viewer' }).check()
  await page.getByLabel('Reason').fill('Before there is a passkey')
  await page.getByRole('button', { name: 'Propose this person' }).click()
  await expect(page.getByRole('alert').filter({ hasText: PROBLEM_WORDS['passkey-required'] })).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Confirm that it is you' })).toHaveCount(0)
}

test('lost passkeys are taken away by two administrators; then the password alone signs in, until there is another', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const officer = await personWith(['custodian', 'viewer'])
  const page = await browserWithAuthenticator(browser, local)
  await signIn(page, officer)
  await register(page, 'Reader that was lost', () => confirmIdentity(page, officer))

  const title = `Take the lost passkeys of ${officer.name} away`
  const [first, second] = [
    await openAs(browser, officerWith(['administrator'])),
    await openAs(browser, officerWith(['administrator'], 1)),
  ]
  await test.step('one administrator proposes it, and can’t confirm it', async () => {
    await first.goto('/people')
    await first.getByRole('link', { name: officer.name, exact: true }).click()
    await first.getByRole('button', { name: 'Propose to take lost passkeys away…' }).click()
    const dialog = first.getByRole('dialog', { name: `Propose to take the passkeys of ${officer.name} away` })
    await expectAccessible(first, 'proposing to take passkeys away')
    await dialog.getByLabel('Reason').fill('The reader fell into the harbour')
    await dialog.getByRole('button', { name: 'Propose it' }).click()
    await confirmIdentity(first)
    await expect(first.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(first.getByRole('button', { name: 'Confirm this proposal' })).toHaveAttribute('aria-disabled', 'true')
    expect(await leadsTo(page.context(), '/keks')).toMatchObject({ status: 200 })
  })

  await test.step('another confirms what is named, and every session of theirs ends', async () => {
    await openProposal(second, title)
    await expect(second.getByRole('table', { name: 'Before and after' })).toContainText('Reader that was lost')
    await confirmProposal(second)
    await expect(second.getByRole('main')).toContainText('Confirmed')
    expect(await leadsTo(page.context(), '/keks')).toEqual({ status: 307, location: '/sign-in' })
  })

  await test.step('their password signs in, the lost one is worth nothing, and another is asked for again', async () => {
    await signIn(page, officer)
    await page.goto('/account')
    await expect(page.getByText('You have no passkey.')).toBeVisible()
    await register(page, 'Reader in its place', () => confirmIdentity(page, officer))
    await expect(passkeys(page)).not.toContainText('Reader that was lost')
    await signOut(page)
    await givePassword(page, officer)
  })
  for (const each of [first, second, page]) await each.context().close()
})

test('at an address of numbers the account says what to set', async ({ page }) => {
  await signIn(page, await personWith(['viewer']))
  await page.goto('/account')
  await expect(page.getByText(/DRAWBRIDGE_URL=http:\/\/localhost:\d+/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Register a passkey' })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page, 'account without passkeys at an address')
})
