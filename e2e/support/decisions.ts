import { expect, type Page } from '@playwright/test'
import { type ActionRequest, codeOf, cookieOf, holdActions, postAction, withKey } from './actions'
import { confirmIdentity } from './confirm-identity'
import { sql } from './database'
import { officerOf } from './sign-in'
import { fillReview, type Waiting } from './waiting-import'

/** An officer's own approval, taken from the wire after they have proved to be there; it was not sent. */
export async function captureApproval(page: Page, key: Waiting, button: string): Promise<ActionRequest> {
  const holdNext = await holdActions(page)
  await fillReview(page, key)
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(dialog).toBeVisible()
  const held = holdNext('frozenSha256')
  await confirmIdentity(page)
  return held
}

/** An officer's own rejection, taken from the wire; it was not sent. */
export async function captureRejection(page: Page, key: Waiting): Promise<ActionRequest> {
  const holdNext = await holdActions(page)
  await fillReview(page, key)
  await page.getByRole('button', { name: 'Reject…' }).click()
  const held = holdNext('frozenSha256')
  await page.getByRole('button', { name: 'Reject import' }).click()
  return held
}

/** As if this officer had proved to be there, in each of their sessions, for the approval that `approver` proved for last. */
export async function proveAlike(email: string, approver: Page): Promise<void> {
  await sql(
    `INSERT INTO step_up (id, session_id, action, params_sha256, asked_at, method, passed_at, expires_at)
     SELECT gen_random_uuid(), session.id, passed.action, passed.params_sha256, now(), 'password', now(),
            now() + interval '5 minutes'
       FROM session JOIN person ON person.id = session.person_id,
            (SELECT action, params_sha256 FROM step_up
               JOIN session ON session.id = session_id JOIN person ON person.id = session.person_id
              WHERE action = 'reviews.approve-import' AND passed_at IS NOT NULL AND person.email = $2
              ORDER BY passed_at DESC LIMIT 1) AS passed
      WHERE person.email = $1
     ON CONFLICT (session_id, action, params_sha256) DO UPDATE
       SET passed_at = EXCLUDED.passed_at, expires_at = EXCLUDED.expires_at`,
    [email, officerOf(approver).email],
  )
}

/** `approver`'s request, sent by hand under a key of its own, with a proof of presence: what is left is the rule. */
export async function sendAs(page: Page, request: ActionRequest, approver: Page): Promise<string> {
  await proveAlike(officerOf(page).email, approver)
  return codeOf(await postAction(withKey(request, crypto.randomUUID()), { cookie: await cookieOf(page) }))
}

export async function refusals(email: string): Promise<string[]> {
  const rows = await sql(
    `SELECT code FROM audit_event JOIN person ON person.id = actor_id
      WHERE person.email = $1 AND type = 'action.refused' ORDER BY audit_event.id`,
    [email],
  )
  return rows.map(({ code }) => String(code))
}
