import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { codeOf, cookieOf, holdActions, postAction, postTogether, withKey, withText } from './support/actions'
import { makeKek, submitButton, uniqueName, walkToAnswers } from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { sql } from './support/database'
import { dataFolder, officerWith } from './support/installation'
import { openAs } from './support/sign-in'
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

test('a hundred equal submits make one key, and fifty approvals at once enable it once', async ({ browser }) => {
  test.setTimeout(150_000)
  const custodian = await openAs(browser, officerWith(['custodian', 'approver']))
  const kek = await makeKek(custodian)
  const key = await sealNewKey(kek.name)
  const name = uniqueName('hundred')
  const vault = vaultKeys()

  const holdSubmit = await holdActions(custodian)
  await walkToAnswers(custodian, kek.id, key, name)
  const heldSubmit = holdSubmit('acknowledgedWarnings')
  await submitButton(custodian).click()
  const submit = await heldSubmit
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
  const heldApproval = holdApproval('frozenSha256')
  await second.getByRole('button', { name: 'Enable this version' }).click()
  const approval = await heldApproval

  await test.step('the importer’s own approval is refused by the rule', async () => {
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
