import { type Browser, expect, type Page, test } from '@playwright/test'
import { type ActionRequest, codeOf, cookieOf, postAction, withKey } from './support/actions'
import { makeKek } from './support/actions-wizard'
import { sql } from './support/database'
import { captureApproval, captureRejection, proveAlike } from './support/decisions'
import { personWith } from './support/people'
import { officerOf, openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'
import { importKey, type Waiting } from './support/waiting-import'

/** What the late ones are told. `audit-unavailable`: the record was not to be had within two seconds, and nothing was sent. */
const LATE = ['not-waiting', 'conflict', 'key-busy', 'request-changed', 'audit-unavailable']

async function waitingImport(browser: Browser): Promise<Waiting> {
  const page = await openAs(browser, await personWith(['custodian', 'auditor', 'viewer'], { as: 'racer' }))
  const kek = await makeKek(page)
  const key = await importKey(page, kek.id, kek.name)
  await page.context().close()
  return key
}

/** Each under a key of its own, all in flight together. */
async function race(requests: readonly { request: ActionRequest; cookie: string }[]): Promise<string[]> {
  const posted = requests.map(({ request, cookie }) => postAction(withKey(request, crypto.randomUUID()), { cookie }))
  return (await Promise.all(posted)).map(codeOf)
}

const ask = (about: string, key: Waiting) => sql(about, [key.importId]).then((rows) => rows.map(({ value }) => value))
const approvalsOf = (key: Waiting) =>
  ask(`SELECT id AS value FROM approval WHERE import_id = $1 AND decision = 'approve'`, key)
const statusOf = (key: Waiting) => ask('SELECT status AS value FROM import WHERE id = $1', key)
const enablesOf = (key: Waiting) =>
  ask(`SELECT id AS value FROM operation WHERE kind = 'enable_key' AND import_id = $1 AND status = 'succeeded'`, key)

async function refusedOf(pages: readonly Page[]): Promise<number> {
  const [row] = await sql(
    `SELECT count(*)::int AS n FROM audit_event JOIN person ON person.id = actor_id
      WHERE type = 'action.refused' AND person.email = ANY ($1)`,
    [pages.map((page) => officerOf(page).email)],
  )
  return Number(row?.n)
}

test('two hundred approvals by four officers over the wire enable once; every other is refused on the record', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const officers = []
  for (let n = 0; n < 4; n += 1) officers.push(await personWith(['approver', 'viewer'], { as: `racer-${n}` }))
  const key = await waitingImport(browser)
  const [first, ...others] = await Promise.all(officers.map((officer) => openAs(browser, officer)))
  if (!first) throw new Error('nobody to approve')
  const pages = [first, ...others]
  const request = await captureApproval(first, key, 'Enable this version')
  for (const page of others) await proveAlike(officerOf(page).email, first)
  const cookies = await Promise.all(pages.map(cookieOf))
  const before = await refusedOf(pages)

  const codes = await race(
    Array.from({ length: 200 }, (_, n) => ({ request, cookie: cookies[n % cookies.length] ?? '' })),
  )

  expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
  expect(codes.filter((code) => code !== 'ok' && !LATE.includes(code))).toEqual([])
  expect(await approvalsOf(key)).toHaveLength(1)
  expect(await enablesOf(key)).toHaveLength(1)
  expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: true }])
  const silent = codes.filter((code) => code === 'audit-unavailable').length
  expect((await refusedOf(pages)) - before).toBe(199 - silent)
  for (const page of pages) await page.context().close()
})

test('approvals against rejections over the wire have one winner, and the vault agrees with it', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const one = await personWith(['approver', 'viewer'], { as: 'racer-0' })
  const two = await personWith(['approver', 'viewer'], { as: 'racer-1' })
  const key = await waitingImport(browser)
  const [approver, rejecter] = [await openAs(browser, one), await openAs(browser, two)]
  const sent = [
    { request: await captureApproval(approver, key, 'Enable this version'), cookie: await cookieOf(approver) },
    { request: await captureRejection(rejecter, key), cookie: await cookieOf(rejecter) },
  ]

  const codes = await race(Array.from({ length: 20 }, () => sent).flat())

  expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
  expect(codes.filter((code) => code !== 'ok' && !LATE.includes(code))).toEqual([])
  const approved = codes.indexOf('ok') % 2 === 0
  expect(await statusOf(key)).toEqual([approved ? 'enabled' : 'rejected'])
  expect(await approvalsOf(key)).toHaveLength(approved ? 1 : 0)
  expect(await versionsOf(vaultKeys(), key.name)).toMatchObject([{ enabled: approved }])
  for (const page of [approver, rejecter]) await page.context().close()
})
