import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/providers/port'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { listEvents } from '../audit/list-events'
import type { Actor } from '../context'
import { isDatabaseUnavailable } from '../doors/database-unavailable'
import { getCeremonyRecord } from '../imports/get-ceremony-record'
import { reconcileOperation } from '../operations/reconcile-operation'
import { disableVersion } from '../stop/disable-version'
import { approveEnable } from './approve-enable'
import { approveImport } from './approve-import'
import { getEnableReview } from './get-enable-review'
import { getImportReview } from './get-import-review'
import { listReviews } from './list-reviews'
import { rejectImport } from './reject-import'
import { requestEnable } from './request-enable'
import { decisionOn, importKey, makeKek } from './testing/import-key'
import { interrupted } from './testing/interrupted'
import { setPolicy } from './testing/set-policy'
import { ecSourceKey, octSourceKey, type SourceKey } from './testing/source-key'

const HOUR = 3_600_000
let console_: TestConsole
let keks: { vault: string; hsm: string }
let [anna, bent, carl]: Actor[] = []

/** The three who are there from the beginning. */
function officers(): { anna: Actor; bent: Actor; carl: Actor } {
  if (!anna || !bent || !carl) throw new Error('before the test console was made')
  return { anna, bent, carl }
}

beforeAll(async () => {
  console_ = await createTestConsole()
  const { ctx, actors, connections } = console_
  const since = ctx.clock()
  const add = (subject: string) => addOfficer(ctx, { roles: ['approver'], subject, since })
  ;[anna, bent, carl] = [await add('anna'), await add('bent'), await add('carl')]
  keks = {
    vault: await makeKek(ctx, actors.custodian, connections.vault, 'kek-vault'),
    hsm: await makeKek(ctx, actors.custodian, connections.hsm, 'kek-hsm'),
  }
  await setPolicy(console_, connections.vault, 2)
  await setPolicy(console_, connections.hsm, 2)
})
afterAll(() => console_.close())

let made = 0
async function waiting(source: SourceKey, where: 'vault' | 'hsm' = 'vault') {
  made += 1
  const { ctx, actors, connections } = console_
  const connection = connections[where]
  const name = `key-${made}`
  const importId = await importKey({ ctx, actor: actors.custodian, connection, kekId: keks[where], name, source })
  const { keyVersion } = await ctx.db.import.findUniqueOrThrow({ where: { id: importId } })
  return { importId, name, connection, version: keyVersion ?? '', recorded: source.recorded }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

async function approve(officer: Actor, key: Waiting, value = key.recorded, ctx = console_.ctx) {
  return approveImport(ctx, officer, await decisionOn(ctx, key.importId, value))
}
const statusOf = async ({ importId }: Waiting) =>
  (await console_.ctx.db.import.findUniqueOrThrow({ where: { id: importId } })).status
const isEnabled = async ({ connection, name, version }: Waiting) =>
  (await console_.ctx.provider(connection).getKey(name, version)).value.attributes.enabled
const patchesOf = ({ name }: Waiting) =>
  console_.acknowledged().filter((call) => {
    const text = JSON.stringify(call)
    return text.includes(`"${name}"`) && text.toLowerCase().includes('update')
  }).length

const ONE_OF_TWO = { ok: true, value: { status: 'awaiting_review', approvals: { given: 1, required: 2 } } }
const ENABLED = { ok: true, value: { status: 'enabled' } }

describe('a vault that asks for two approvals', () => {
  it.each([
    ['EC in the vault', () => ecSourceKey(), 'vault'],
    ['AES in the HSM', async () => octSourceKey(), 'hsm'],
  ] as const)('enables by the second, and tells the vault nothing before: %s', async (_, makeSource, where) => {
    const { anna, bent } = officers()
    const key = await waiting(await makeSource(), where)
    expect(await approve(anna, key)).toEqual(ONE_OF_TWO)
    expect(patchesOf(key)).toBe(0)
    expect(await isEnabled(key)).toBe(false)
    expect(await approve(bent, key)).toEqual(ENABLED)
    expect(await isEnabled(key)).toBe(true)
    const record = await getCeremonyRecord(console_.ctx, console_.actors.auditor, key.importId)
    expect(record?.participants.map(({ role, subject }) => [role, subject])).toEqual([
      ['importer', 'custodian'],
      ['approver', 'anna'],
      ['approver', 'bent'],
    ])
  })

  it('takes one approval of each officer', async () => {
    const { anna } = officers()
    const key = await waiting(await ecSourceKey())
    expect(await approve(anna, key)).toEqual(ONE_OF_TWO)
    expect(await approve(anna, key)).toMatchObject({ error: { code: 'already-approved' } })
    expect(await approve(console_.actors.custodian, key)).toMatchObject({ error: { code: 'own-import' } })
    expect(await statusOf(key)).toBe('awaiting_review')
  })

  it('says how far it is, who is missing and who can, and never what was compared', async () => {
    const { ctx, actors } = console_
    const { anna, bent } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    expect(await getImportReview(ctx, bent, 'no-id-at-all')).toBeNull()
    const review = await getImportReview(ctx, bent, key.importId)
    expect(review?.approvals).toMatchObject({
      required: 2,
      given: [{ name: anna.name, mine: false }],
      mineWaits: false,
    })
    expect(review?.approvals.others).toEqual(['Test carl', 'Test custodian2'])
    expect(JSON.stringify(review)).not.toContain(key.recorded)
    expect((await getImportReview(ctx, anna, key.importId))?.approvals.mineWaits).toBe(true)
    const rowOf = async (reader: Actor) => {
      const { waiting: rows } = await listReviews(ctx, reader)
      return rows.find(({ id }) => id === key.importId)?.approvals
    }
    expect(await rowOf(bent)).toEqual({ given: 1, required: 2, mine: false })
    expect(await rowOf(anna)).toEqual({ given: 1, required: 2, mine: true })
    const record = await getCeremonyRecord(ctx, bent, key.importId)
    expect(JSON.stringify(record)).not.toContain(key.recorded)
    const search = { text: `key:${key.name}`, from: null, to: null, phases: [], page: 1, pageSize: 50 }
    const { events } = await listEvents(ctx, bent, search)
    expect(JSON.stringify(events)).toContain('(1 of 2)')
    expect(JSON.stringify(events)).not.toContain(key.recorded)
    expect(await approve(bent, key)).toEqual(ENABLED)
    const after = await listEvents(ctx, actors.auditor, search)
    expect(JSON.stringify(after.events)).toContain(key.recorded)
  })

  it('ends at once by one rejection, and the approval before it counts no more', async () => {
    const { ctx } = console_
    const { anna, bent, carl } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    const decision = await decisionOn(ctx, key.importId, null, 'The record lacks a signature')
    expect(await rejectImport(ctx, bent, decision)).toEqual({ ok: true, value: { status: 'rejected' } })
    expect(await approve(carl, key)).toMatchObject({ error: { code: 'not-waiting' } })
    const rows = await ctx.db.approval.findMany({ where: { importId: key.importId }, orderBy: { decidedAt: 'asc' } })
    expect(rows).toMatchObject([
      { decision: 'approve', voidedAt: expect.any(Date), actedAt: null },
      { decision: 'reject', voidedAt: null, actedAt: expect.any(Date) },
    ])
  })

  it('lets who approved change their mind', async () => {
    const { ctx } = console_
    const { anna } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    const decision = await decisionOn(ctx, key.importId, null, 'I looked again')
    expect(await rejectImport(ctx, anna, decision)).toEqual({ ok: true, value: { status: 'rejected' } })
  })
})

describe('an earlier approval does not count', () => {
  it('once it has lapsed; its officer may give it again', async () => {
    const { anna, bent } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    console_.advance(25 * HOUR)
    expect((await getImportReview(console_.ctx, bent, key.importId))?.approvals.given).toEqual([])
    expect(await approve(bent, key)).toEqual(ONE_OF_TWO)
    expect(await approve(anna, key)).toEqual(ENABLED)
  })

  it('once its officer is disabled', async () => {
    const { ctx } = console_
    const { bent, carl } = officers()
    const leaver = await addOfficer(ctx, { roles: ['approver'] })
    const key = await waiting(await ecSourceKey())
    expect(await approve(leaver, key)).toEqual(ONE_OF_TWO)
    await ctx.db.person.update({ where: { id: leaver.personId }, data: { disabledAt: ctx.clock() } })
    expect(await approve(bent, key)).toEqual(ONE_OF_TWO)
    expect(await approve(leaver, key)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await approve(carl, key)).toEqual(ENABLED)
  })

  it('once the vault was changed, even if somebody turns it back', async () => {
    const { ctx } = console_
    const { anna, bent, carl } = officers()
    const key = await waiting(await ecSourceKey())
    const version = { name: key.name, version: key.version }
    await approve(anna, key)
    await ctx.provider(key.connection).updateVersion({ ...version, keyOps: ['verify'] })
    expect(await approve(bent, key)).toMatchObject({ error: { code: 'request-changed' } })
    await ctx.provider(key.connection).updateVersion({ ...version, keyOps: ['sign', 'verify'] })
    expect(await approve(carl, key)).toEqual(ONE_OF_TWO)
    const voided = { where: { importId: key.importId, type: 'review.approvals-voided' } }
    expect(await ctx.db.auditEvent.findMany(voided)).toMatchObject([{ code: 'request-changed' }])
  })
})

describe('who approves', () => {
  it('is whom the vault names, for the approval and for the rejection', async () => {
    const { ctx, connections } = console_
    const { anna, bent, carl } = officers()
    const key = await waiting(await ecSourceKey())
    await setPolicy(console_, connections.vault, 2, [anna.personId, bent.personId])
    expect(await approve(carl, key)).toMatchObject({ error: { code: 'not-an-approver-here' } })
    const decision = await decisionOn(ctx, key.importId, null)
    expect(await rejectImport(ctx, carl, decision)).toMatchObject({ error: { code: 'not-an-approver-here' } })
    expect((await getImportReview(ctx, carl, key.importId))?.cannotDecide).toBe('not-an-approver-here')
    expect(await approve(anna, key)).toEqual(ONE_OF_TWO)
    expect(await approve(bent, key)).toEqual(ENABLED)
    await setPolicy(console_, connections.vault, 2)
  })

  it('was there, unchanged, when it was submitted', async () => {
    const { ctx } = console_
    const key = await waiting(await ecSourceKey())
    console_.advance(1000)
    const late = await addOfficer(ctx, { roles: ['approver'] })
    expect(await approve(late, key)).toMatchObject({ error: { code: 'changed-since-submission' } })
    const decision = await decisionOn(ctx, key.importId, null)
    expect(await rejectImport(ctx, late, decision)).toMatchObject({ error: { code: 'changed-since-submission' } })
    const review = await getImportReview(ctx, late, key.importId)
    expect(review?.cannotDecide).toBe('changed-since-submission')
    const { approvals } = (await getImportReview(ctx, officers().anna, key.importId)) ?? {}
    expect(approvals?.others).not.toContain(late.name)
  })

  it('is counted by the policy of that moment: lowered, the first may go on; raised, the second waits', async () => {
    const { connections } = console_
    const { anna, bent, carl } = officers()
    const [lowered, raised] = [await waiting(await ecSourceKey()), await waiting(await ecSourceKey())]
    await approve(anna, lowered)
    await approve(anna, raised)
    await setPolicy(console_, connections.vault, 1)
    expect(await approve(anna, lowered)).toEqual(ENABLED)
    await setPolicy(console_, connections.vault, 3)
    const two = { status: 'awaiting_review', approvals: { given: 2, required: 3 } }
    expect(await approve(bent, raised)).toEqual({ ok: true, value: two })
    expect(await approve(carl, raised)).toEqual(ENABLED)
    await setPolicy(console_, connections.vault, 2)
  })
})

describe('every approver compares', () => {
  it('and a differing value of the second ends the import as substituted', async () => {
    const { ctx } = console_
    const { anna, bent } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    expect(await approve(bent, key, (await ecSourceKey()).recorded)).toMatchObject({ error: { code: 'substituted' } })
    expect(await statusOf(key)).toBe('substituted')
    const rows = await ctx.db.approval.findMany({ where: { importId: key.importId } })
    expect(rows).toMatchObject([{ voidedAt: expect.any(Date) }])
  })

  it('and two different check values never open the window', async () => {
    const { anna, bent } = officers()
    const key = await waiting(octSourceKey(), 'hsm')
    expect(await approve(anna, key, '000000')).toEqual(ONE_OF_TWO)
    expect(await approve(bent, key)).toMatchObject({ error: { code: 'substituted' } })
    expect(patchesOf(key)).toBe(0)
    expect(await statusOf(key)).toBe('substituted')
  })

  it('and two equal check values that are not the key’s end it, disabled again', async () => {
    const { anna, bent } = officers()
    const key = await waiting(octSourceKey(), 'hsm')
    await approve(anna, key, '000000')
    expect(await approve(bent, key, '000000')).toMatchObject({ error: { code: 'substituted' } })
    expect(await statusOf(key)).toBe('substituted')
    expect(await isEnabled(key)).toBe(false)
  })
})

describe('the last approval whose call never left', () => {
  it('waits with both standing, and serves again', async () => {
    const { ctx } = console_
    const { anna, bent } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    const error = new ProviderError('vault-unreachable', 'not-sent')
    const broken = interrupted(ctx, [{ call: 'updateVersion', when: 'before', error }])
    expect(await approve(bent, key, key.recorded, broken)).toMatchObject({ error: { code: 'vault-unreachable' } })
    const review = await getImportReview(ctx, bent, key.importId)
    expect(review?.approvals.given.map(({ name }) => name)).toEqual([anna.name, bent.name])
    expect(await approve(bent, key)).toEqual(ENABLED)
    expect(await ctx.db.approval.count({ where: { importId: key.importId } })).toBe(2)
  })
})

describe('two hundred approvals at once', () => {
  /** One for whose record the machine has no two seconds is told so, and nothing was sent for it. */
  async function answerTo(officer: Actor, decision: Awaited<ReturnType<typeof decisionOn>>): Promise<string> {
    try {
      const result = await approveImport(console_.ctx, officer, decision)
      return result.ok ? result.value.status : result.error.code
    } catch (error) {
      if (isDatabaseUnavailable(error)) return 'audit-unavailable'
      throw error
    }
  }

  /** What an intent that came too late has left is closed; whoever is still needed approves. */
  async function goOn(key: Waiting, by: readonly Actor[]): Promise<void> {
    const { ctx } = console_
    const later = { ...ctx, clock: () => new Date(ctx.clock().getTime() + HOUR / 30) }
    const open = { importId: key.importId, status: { in: ['pending' as const, 'indeterminate' as const] } }
    for (const { id } of await ctx.db.operation.findMany({ where: open })) await reconcileOperation(later, id)
    for (const officer of by) if ((await statusOf(key)) === 'awaiting_review') await approve(officer, key)
  }

  it('of several officers, for two that are needed, send one PATCH', async () => {
    const { ctx, actors } = console_
    const { anna, bent, carl } = officers()
    const key = await waiting(await ecSourceKey())
    const decision = await decisionOn(ctx, key.importId, key.recorded)
    const by = [anna, bent, carl, actors.custodian2]
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => answerTo(by[index % by.length] ?? anna, decision)),
    )
    const given = (what: string) => answers.filter((answer) => answer === what).length
    const refused = ['not-waiting', 'conflict', 'key-busy', 'request-changed', 'already-approved', 'audit-unavailable']
    const other = answers.filter((answer) => !['enabled', 'awaiting_review', ...refused].includes(answer))
    expect([...new Set(other)]).toEqual([])
    // A machine with no time for all of them lets the next ones do it: one in all, never two.
    if (given('audit-unavailable') > 0) await goOn(key, by)
    else expect([given('enabled'), given('awaiting_review')]).toEqual([1, 1])
    expect(given('enabled')).toBeLessThanOrEqual(1)
    expect(await statusOf(key)).toBe('enabled')
    expect(patchesOf(key)).toBe(1)
    const counted = await ctx.db.approval.findMany({ where: { importId: key.importId, voidedAt: null } })
    expect(new Set(counted.map(({ approverId }) => approverId)).size).toBe(2)
  })
})

describe('enabling again', () => {
  it('takes two as well, neither of them its requester', async () => {
    const { ctx, actors } = console_
    const { anna, bent } = officers()
    const key = await waiting(await ecSourceKey())
    await approve(anna, key)
    await approve(bent, key)
    const version = { connectionId: key.connection.id, name: key.name, version: key.version, reason: 'Suspicion' }
    expect(await disableVersion(ctx, actors.custodian2, version)).toMatchObject({ ok: true })
    const asked = await requestEnable(ctx, actors.custodian2, version)
    if (!asked.ok) throw new Error(asked.error.code)
    const decide = async (officer: Actor) => {
      const { enableRequestId } = asked.value
      const review = await getEnableReview(ctx, officer, enableRequestId)
      if (!review) throw new Error('no review')
      const { revision, frozenSha256 } = review
      return approveEnable(ctx, officer, { enableRequestId, revision, frozenSha256, reason: 'Cleared' })
    }
    expect(await decide(actors.custodian2)).toMatchObject({ error: { code: 'own-request' } })
    expect(await decide(actors.custodian)).toMatchObject({ error: { code: 'own-import' } })
    expect(await decide(anna)).toEqual(ONE_OF_TWO)
    expect(await decide(anna)).toMatchObject({ error: { code: 'already-approved' } })
    expect(await isEnabled(key)).toBe(false)
    expect(await decide(bent)).toEqual(ENABLED)
    expect(await isEnabled(key)).toBe(true)
  })
})
