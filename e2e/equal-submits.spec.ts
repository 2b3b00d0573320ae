import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import {
  type ActionRequest,
  codeOf,
  cookieOf,
  holdActions,
  postAction,
  postTogether,
  withKey,
  withText,
} from './support/actions'
import { makeKek, submitButton, uniqueName, walkToAnswers } from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { dataFolder, officerWith } from './support/installation'
import { officerOf, openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

const submittedSchema = z.object({ importId: z.uuid(), status: z.literal('awaiting_review') })
const callSchema = z.object({ operation: z.string(), name: z.string(), status: z.number().nullable() })

/** What the vault acknowledged for a name, by its own log. */
function acknowledged(name: string): string[] {
  const lines = readFileSync(path.join(dataFolder(), 'vault', 'acknowledged.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
  const calls = lines.map((line) => callSchema.parse(JSON.parse(line)))
  return calls.filter((call) => call.name === name && call.status === 200).map(({ operation }) => operation)
}

/** How often each answer came. */
function tally(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}

/** The request as it is sent a second time, once the officer has proved to be there. */
async function provenRequest(page: Page, holdNext: () => Promise<ActionRequest>): Promise<ActionRequest> {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(dialog).toBeVisible()
  const held = holdNext()
  await confirmIdentity(page)
  return held
}

/** As if this officer had proved to be there for the same act with the same parameters, in each of their sessions. */
async function proveAlike(email: string, action: string): Promise<void> {
  await sql(
    `INSERT INTO step_up (id, session_id, action, params_sha256, asked_at, method, passed_at, expires_at)
     SELECT gen_random_uuid(), session.id, passed.action, passed.params_sha256, now(), 'password', now(),
            now() + interval '5 minutes'
       FROM session JOIN person ON person.id = session.person_id,
            (SELECT action, params_sha256 FROM step_up WHERE action = $2 AND passed_at IS NOT NULL
              ORDER BY passed_at DESC LIMIT 1) AS passed
      WHERE person.email = $1
     ON CONFLICT (session_id, action, params_sha256) DO UPDATE
       SET passed_at = EXCLUDED.passed_at, expires_at = EXCLUDED.expires_at`,
    [email, action],
  )
}

test('a hundred equal submits make one key, and fifty approvals at once enable it once', async ({ browser }) => {
  test.setTimeout(150_000)
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  const kek = await makeKek(custodian)
  const key = await sealNewKey(kek.name)
  const name = uniqueName('hundred')
  const vault = vaultKeys()

  const holdSubmit = await holdActions(custodian)
  await walkToAnswers(custodian, kek.id, key, name)
  await submitButton(custodian).click()
  const submit = await provenRequest(custodian, () => holdSubmit('acknowledgedWarnings'))
  expect(submit.body.includes(key.ciphertext), 'the captured request carries the file').toBe(true)
  expect(await versionsOf(vault, name), 'it was held back').toEqual([])

  const importId = await test.step('a hundred equal submits make one key', async () => {
    const cookie = await cookieOf(custodian)
    const posted = await postTogether(Array<typeof submit>(100).fill(submit), cookie)
    expect(tally(posted.map(codeOf))).toEqual({ ok: 100 })
    expect(new Set(posted.map(({ text }) => text)).size).toBe(1)
    expect(await versionsOf(vault, name)).toEqual([{ version: expect.any(String), enabled: false }])
    expect(acknowledged(name)).toEqual(['import'])
    const [answer] = posted.map((one) => one.answer)
    return submittedSchema.parse(answer?.ok ? answer.value : null).importId
  })

  await test.step('the same key with other input is refused, and makes nothing', async () => {
    const otherName = `${name.slice(0, -1)}${name.endsWith('0') ? '1' : '0'}`
    const posted = await postAction(withText(submit, name, otherName), { cookie: await cookieOf(custodian) })
    expect(codeOf(posted)).toBe('idempotency-mismatch')
    expect(await versionsOf(vault, otherName)).toEqual([])
  })

  await test.step('a lost answer is asked for again under the same key, and leads to the one import', async () => {
    await submitButton(custodian).click()
    await expect(custodian).toHaveURL(`/imports/${importId}`)
    expect(await versionsOf(vault, name)).toHaveLength(1)
  })

  const second = await openAs(browser, officerWith(['approver'], 1))
  const holdApproval = await holdActions(second)
  await second.goto(`/review/${importId}`)
  await second.getByLabel('Value from the ceremony record').fill(key.publicKeySha256)
  await expect(second.getByText(/^Recognised as/)).toBeVisible()
  await second.getByLabel('Reason').fill('Compared with the ceremony record')
  await second.getByRole('button', { name: 'Enable this version' }).click()
  const approval = await provenRequest(second, () => holdApproval('frozenSha256'))

  await test.step('another’s proof is not the importer’s', async () => {
    const posted = await postAction(withKey(approval, crypto.randomUUID()), { cookie: await cookieOf(custodian) })
    expect(codeOf(posted)).toBe('step-up-required')
    expect(await versionsOf(vault, name)).toMatchObject([{ enabled: false }])
  })

  await test.step('the importer’s own approval is refused by the rule, with a proof too', async () => {
    await proveAlike(officerOf(custodian).email, 'reviews.approve-import')
    const posted = await postAction(withKey(approval, crypto.randomUUID()), { cookie: await cookieOf(custodian) })
    expect(codeOf(posted)).toBe('own-import')
    expect(await versionsOf(vault, name)).toMatchObject([{ enabled: false }])
  })

  await test.step('fifty approvals at once, each under its own key, enable once', async () => {
    const requests = Array.from({ length: 50 }, () => withKey(approval, crypto.randomUUID()))
    const posted = await postTogether(requests, await cookieOf(second))
    const codes = tally(posted.map(codeOf))
    expect(codes.ok).toBe(1)
    for (const code of Object.keys(codes)) expect(['ok', 'not-waiting', 'conflict', 'key-busy']).toContain(code)
    expect(await versionsOf(vault, name)).toEqual([{ version: expect.any(String), enabled: true }])
    expect(acknowledged(name)).toEqual(['import', 'update'])
    expect(await sql('SELECT count(*)::int AS n FROM approval WHERE import_id = $1', [importId])).toEqual([{ n: 1 }])
  })

  await second.context().close()
  await custodian.context().close()
})
