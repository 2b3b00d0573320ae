import { expect, test } from '@playwright/test'
import { codeOf, cookieOf, postAction, withKey } from './support/actions'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { sql } from './support/database'
import { captureApproval, proveAlike, refusals, sendAs } from './support/decisions'
import { officerWith } from './support/installation'
import { personWith } from './support/people'
import { officerOf, openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'
import { importKey } from './support/waiting-import'

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
    expect(await sendAs(importer, approval, approver)).toBe('own-import')
    expect(await sendAs(again, approval, approver)).toBe('own-import')
    expect((await refusals(officerOf(importer).email)).slice(-2)).toEqual(['own-import', 'own-import'])
    await again.context().close()
  })

  await test.step('an account made or changed after the submission is refused, and the page says so', async () => {
    const late = await personWith(['approver', 'viewer'])
    await sql(`UPDATE person SET changed_at = now() WHERE email = $1`, [late.email])
    const page = await openAs(browser, late)
    expect(await sendAs(page, approval, approver)).toBe('changed-since-submission')
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
    await proveAlike(email.toUpperCase(), approver)
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
    expect(await sendAs(approver, approval, approver)).toBe('not-waiting')
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
