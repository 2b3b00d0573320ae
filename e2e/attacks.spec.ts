import { expect, type Page, test } from '@playwright/test'
import { type ActionRequest, codeOf, cookieOf, holdActions, postAction, withKey } from './support/actions'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { officerWith } from './support/installation'
import { personWith } from './support/people'
import { officerOf, openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'
import { fillReview, importKey, type Waiting } from './support/waiting-import'

/** An officer's own approval, taken from the wire after they have proved to be there; it was not sent. */
async function captureApproval(page: Page, key: Waiting, button: string): Promise<ActionRequest> {
  const holdNext = await holdActions(page)
  await fillReview(page, key)
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(dialog).toBeVisible()
  const held = holdNext('frozenSha256')
  await confirmIdentity(page)
  return held
}

/** As if this officer had proved to be there for the same act, in each of their sessions. */
async function proveAlike(email: string): Promise<void> {
  await sql(
    `INSERT INTO step_up (id, session_id, action, params_sha256, asked_at, method, passed_at, expires_at)
     SELECT gen_random_uuid(), session.id, passed.action, passed.params_sha256, now(), 'password', now(),
            now() + interval '5 minutes'
       FROM session JOIN person ON person.id = session.person_id,
            (SELECT action, params_sha256 FROM step_up WHERE action = 'reviews.approve-import' AND passed_at IS NOT NULL
              ORDER BY passed_at DESC LIMIT 1) AS passed
      WHERE person.email = $1
     ON CONFLICT (session_id, action, params_sha256) DO UPDATE
       SET passed_at = EXCLUDED.passed_at, expires_at = EXCLUDED.expires_at`,
    [email],
  )
}

/** Sent by hand under a key of its own, with a proof of presence: what is left is the rule. */
async function sendAs(page: Page, request: ActionRequest): Promise<string> {
  await proveAlike(officerOf(page).email)
  return codeOf(await postAction(withKey(request, crypto.randomUUID()), { cookie: await cookieOf(page) }))
}

async function refusals(email: string): Promise<string[]> {
  const rows = await sql(
    `SELECT code FROM audit_event JOIN person ON person.id = actor_id
      WHERE person.email = $1 AND type = 'action.refused' ORDER BY audit_event.id`,
    [email],
  )
  return rows.map(({ code }) => String(code))
}

test('a captured approval enables once: not for its importer, not again, not for who came later', async ({
  browser,
}) => {
  test.setTimeout(150_000)
  // Of their own: while two accounts have one e-mail, nobody signs in by it.
  const importer = await openAs(browser, await personWith(['custodian', 'approver', 'auditor', 'viewer']))
  const kek = await makeKek(importer)
  const key = await importKey(importer, kek.id, kek.name)
  const approver = await openAs(browser, officerWith(['approver'], 1))
  const approval = await captureApproval(approver, key, 'Enable this version')

  await test.step('the importer, in this session and in another, is refused on the record', async () => {
    const again = await openAs(browser, officerOf(importer))
    expect(await sendAs(importer, approval)).toBe('own-import')
    expect(await sendAs(again, approval)).toBe('own-import')
    expect((await refusals(officerOf(importer).email)).slice(-2)).toEqual(['own-import', 'own-import'])
    await again.context().close()
  })

  await test.step('an account made or changed after the submission is refused, and the page says so', async () => {
    const late = await personWith(['approver', 'viewer'])
    await sql(`UPDATE person SET changed_at = now() WHERE email = $1`, [late.email])
    const page = await openAs(browser, late)
    expect(await sendAs(page, approval)).toBe('changed-since-submission')
    expect(await refusals(late.email)).toContain('changed-since-submission')
    await page.goto(`/review/${key.importId}`)
    await expect(page.getByText('Your account was made or changed after this was submitted').first()).toBeVisible()
    await expectAccessible(page, 'a review that is closed to a late account')
    await page.context().close()
  })

  await test.step('another account with the importer’s e-mail is the importer', async () => {
    const double = await personWith(['approver', 'auditor'])
    const { email } = officerOf(importer)
    const page = await openAs(browser, double)
    await sql(`UPDATE person SET email = upper($1) WHERE subject = $2`, [email, double.email])
    await proveAlike(email.toUpperCase())
    const posted = await postAction(withKey(approval, crypto.randomUUID()), { cookie: await cookieOf(page) })
    await sql(`UPDATE person SET email = $1 WHERE subject = $1`, [double.email])
    expect(codeOf(posted)).toBe('own-import')
    await page.context().close()
  })

  expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: false }])

  await test.step('the approver’s own enables; sent again it gets its answer, and under another key a refusal', async () => {
    const cookie = await cookieOf(approver)
    const first = await postAction(approval, { cookie })
    expect(codeOf(first)).toBe('ok')
    expect((await postAction(approval, { cookie })).text).toBe(first.text)
    expect(await sendAs(approver, approval)).toBe('not-waiting')
    expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: true }])
    expect(await sql('SELECT count(*)::int AS n FROM approval WHERE import_id = $1', [key.importId])).toEqual([
      { n: 1 },
    ])
  })
  await approver.context().close()
  await importer.context().close()
})

test('a custodian acknowledges the duties before the first import, in place', async ({ browser }) => {
  const page = await openAs(browser, await personWith(['custodian', 'auditor', 'viewer'], { duties: false }))
  await page.goto('/import/new')
  await expect(page.getByRole('heading', { name: 'What a custodian answers for' })).toBeVisible()
  await page.getByRole('button', { name: 'Acknowledge the duties' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Tick that you have read the duties.' })).toBeVisible()
  await expectAccessible(page, 'the duties')
  await page.getByRole('checkbox', { name: 'I have read these duties and answer for them.' }).check()
  await page.getByRole('button', { name: 'Acknowledge the duties' }).press('Enter')
  await expect(page.getByRole('radio', { name: /local-vault/ })).toBeVisible()
  await page.context().close()
})
