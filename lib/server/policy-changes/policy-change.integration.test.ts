import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import type { Actor } from '../context'
import { indexConnection } from '../inventory/index-connection'
import { reconcileOperation } from '../operations/reconcile-operation'
import { policyAt } from '../releases/policy-snapshots'
import { approveEnable } from '../reviews/approve-enable'
import { listReviews } from '../reviews/list-reviews'
import { rejectEnable } from '../reviews/reject-enable'
import { type Interruption, interrupted, Killed } from '../reviews/testing/interrupted'
import { withdrawEnable } from '../reviews/withdraw-enable'
import { approvePolicyChange } from './approve-policy-change'
import { addPolicyTest, removePolicyTest } from './change-policy-tests'
import { getKeyPolicy } from './get-key-policy'
import { getPolicyChangeReview } from './get-policy-change-review'
import { requestPolicyChange } from './request-policy-change'

const LATER_MS = 120_000

let console_: TestConsole
let authority: string
beforeAll(async () => {
  console_ = await createTestConsole()
  authority = console_.vault.description.attestation.url
})
afterAll(() => console_.close())

const textOf = (value: string) => policyText(authority, { tee: value })
const connection = () => console_.connections.vault

let made = 0
/** An exportable key, made past Drawbridge and seen by it. */
async function exportable(immutable = false): Promise<string> {
  const name = `guarded-${++made}`
  const releasePolicy = { encodedPolicy: Buffer.from(textOf('one')), immutable }
  const { sdk } = clientsOf(console_.vault.description)
  await sdk.createKey(name, 'EC-HSM', { curve: 'P-256', exportable: true, releasePolicy })
  await indexConnection(console_.ctx, connection())
  return name
}

const proposal = (name: string, more: Partial<Parameters<typeof requestPolicyChange>[2]> = {}) => ({
  ...{ connectionId: connection().id, name, policyText: textOf('two'), immutable: false, typedName: '' },
  ...{ reason: 'The new image', ...more },
})

async function proposed(name: string, more?: Parameters<typeof proposal>[1], by: Actor = console_.actors.custodian) {
  const result = await requestPolicyChange(console_.ctx, by, proposal(name, more))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return decisionOn(result.value.requestId)
}

async function decisionOn(enableRequestId: string) {
  const row = await console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
  return { enableRequestId, revision: row.revision, frozenSha256: row.frozenSha256, reason: 'Looked at both' }
}

const held = async (name: string) => (await console_.ctx.provider(connection()).getKey(name)).value.releasePolicy
const statusOf = async ({ enableRequestId }: { enableRequestId: string }) =>
  (await console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })).status

const aTest = (keyName: string, testName: string, tee: string, expected: 'allow' | 'deny') => ({
  ...{
    connectionId: connection().id,
    keyName,
    testName,
    issuer: authority,
    claimsJson: JSON.stringify({ tee }),
    expected,
  },
})

describe('another release policy', () => {
  it('is proposed by one and set by another; both policies stay known for their own time', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const { kid, version } = (await ctx.provider(connection()).getKey(name)).value
    const before = ctx.clock()
    expect(await requestPolicyChange(ctx, actors.viewer, proposal(name))).toMatchObject({
      error: { code: 'not-permitted' },
    })
    const decision = await proposed(name)
    expect(await requestPolicyChange(ctx, actors.custodian2, proposal(name))).toMatchObject({
      error: { code: 'already-so' },
    })
    const waiting = (await listReviews(ctx, actors.custodian2)).waiting.find(
      ({ id }) => id === decision.enableRequestId,
    )
    expect(waiting).toMatchObject({ kind: 'policy', reference: expect.stringMatching(/^POL-/), cannotDecide: null })

    expect(await getPolicyChangeReview(ctx, actors.custodian2, 'no-id-at-all')).toBeNull()
    const review = await getPolicyChangeReview(ctx, actors.custodian2, decision.enableRequestId)
    expect(review).toMatchObject({
      ...{ before: { text: textOf('one') }, after: { text: textOf('two') }, now: 'as-proposed-against' },
    })
    expect(await approvePolicyChange(ctx, actors.custodian, decision)).toMatchObject({ error: { code: 'own-request' } })
    expect((await held(name))?.text).toBe(textOf('one'))
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toEqual({
      ok: true,
      value: { status: 'enabled' },
    })
    expect((await held(name))?.text).toBe(textOf('two'))
    expect(await ctx.db.operation.findFirst({ where: { keyName: name } })).toMatchObject({
      ...{ kind: 'change_policy', status: 'succeeded', keyVersion: version, actorId: actors.custodian2.personId },
    })
    const approved = { enableRequestId: decision.enableRequestId, type: 'review.approved' }
    expect(await ctx.db.auditEvent.findMany({ where: approved })).toMatchObject([
      { details: { asks: 'change_policy' } },
    ])
    const key = await getKeyPolicy(ctx, actors.viewer, { connectionId: connection().id, name })
    expect(key).toMatchObject({ held: { text: textOf('two') }, openRequestId: null })
    expect(key?.seen.map(({ policy, seenBy }) => [policy, seenBy])).toEqual([
      [textOf('two'), 'own-change'],
      [textOf('one'), 'read'],
    ])
    const then = await policyAt(ctx, { connectionId: connection().id, kid }, before)
    expect(then).toMatchObject({ known: 'policy', sighting: { policy: textOf('one') } })
  })

  it('is never set by the door that enables, nor is a key enabled by this one', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    expect(await approveEnable(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'not-found' } })
    expect((await held(name))?.text).toBe(textOf('one'))
    await expect(
      ctx.db.enableRequest.update({ where: { id: decision.enableRequestId }, data: { act: 'enable' } }),
    ).rejects.toThrow()
  })

  it('is set by nobody who proposed it, under whatever account, nor by who came after it: by rule and by database', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const { email, personId: requesterId } = actors.custodian
    const twin = await addOfficer(ctx, { roles: ['approver'], email: email.toUpperCase(), since: new Date(0) })
    const decision = await proposed(name)
    const late = await addOfficer(ctx, { roles: ['approver'], since: new Date(Date.now() + 1_000) })
    const { enableRequestId, frozenSha256 } = decision
    const approvalBy = (approverId: string) =>
      ctx.db.approval.create({
        data: {
          ...{ id: ctx.newId(), enableRequestId, requesterId, approverId, frozenSha256 },
          ...{ decision: 'approve', reason: 'Mine', decidedAt: ctx.clock() },
          ...{ expiresAt: new Date(Date.now() + 60_000), actBefore: new Date(Date.now() + 60_000) },
        },
      })
    for (const [actor, code] of [
      [actors.custodian, 'own-request'],
      [twin, 'own-import'],
      [late, 'changed-since-submission'],
    ] as const) {
      expect(await approvePolicyChange(ctx, actor, decision)).toMatchObject({ error: { code } })
      await expect(approvalBy(actor.personId)).rejects.toThrow()
    }
    const enabling = { where: { id: enableRequestId }, data: { status: 'enabling' } } as const
    await expect(ctx.db.enableRequest.update(enabling)).rejects.toThrow(/needs a valid approval/)
    expect(await statusOf(decision)).toBe('awaiting_review')
    expect((await held(name))?.text).toBe(textOf('one'))
  })

  it('is set once, however many approve at the same moment', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    const answers = await Promise.all([1, 2, 3, 4].map(() => approvePolicyChange(ctx, actors.custodian2, decision)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await ctx.db.operation.count({ where: { keyName: name } })).toBe(1)
    expect((await held(name))?.text).toBe(textOf('two'))
  })

  it('is refused as stale when the vault’s policy has changed since, and stays refused if it is turned back', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    const { sdk } = clientsOf(console_.vault.description)
    await sdk.updateKeyProperties(name, { releasePolicy: { encodedPolicy: Buffer.from(textOf('another')) } })
    expect(await getPolicyChangeReview(ctx, actors.custodian2, decision.enableRequestId)).toMatchObject({
      now: 'another',
    })
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({
      error: { code: 'request-changed' },
    })
    expect((await held(name))?.text).toBe(textOf('another'))
    expect(await rejectEnable(ctx, actors.custodian2, decision)).toMatchObject({ value: { status: 'rejected' } })
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({
      error: { code: 'not-waiting' },
    })
  })

  it('is stale, too, where the key has another version now', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    await clientsOf(console_.vault.description).sdk.createKey(name, 'EC-HSM', {
      ...{ curve: 'P-256', exportable: true, releasePolicy: { encodedPolicy: Buffer.from(textOf('one')) } },
    })
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({
      error: { code: 'request-changed' },
    })
  })

  it('is taken back by whoever proposed it, and by nobody else', async () => {
    const { ctx, actors } = console_
    const decision = await proposed(await exportable())
    expect(await withdrawEnable(ctx, actors.custodian2, decision)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await withdrawEnable(ctx, actors.custodian, decision)).toMatchObject({ value: { status: 'withdrawn' } })
    const [event] = await ctx.db.auditEvent.findMany({
      where: { enableRequestId: decision.enableRequestId },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ type: 'policy-change.requested', phase: 'refused', code: 'withdrawn' })
  })
})

describe('an immutable policy', () => {
  it('needs the key’s name typed; once set nobody proposes another', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const wrong = await requestPolicyChange(
      ctx,
      actors.custodian,
      proposal(name, { immutable: true, typedName: 'guarded' }),
    )
    expect(wrong).toMatchObject({
      error: { code: 'invalid-input', fields: { typedName: expect.stringContaining(name) } },
    })
    const decision = await proposed(name, { immutable: true, typedName: name })
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({ ok: true })
    expect(await held(name)).toMatchObject({ text: textOf('two'), immutable: true })
    const more = await requestPolicyChange(ctx, actors.custodian, proposal(name, { policyText: textOf('three') }))
    expect(more).toMatchObject({ error: { code: 'policy-immutable' } })
  })

  it('that came meanwhile makes a proposal stale; that the vault refuses it is told', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    const { sdk } = clientsOf(console_.vault.description)
    await sdk.updateKeyProperties(name, {
      releasePolicy: { encodedPolicy: Buffer.from(textOf('one')), immutable: true },
    })
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({
      error: { code: 'request-changed' },
    })
  })

  it('a key that can’t be exported has no policy to change', async () => {
    const { ctx, actors } = console_
    await clientsOf(console_.vault.description).sdk.createKey('kept-inside', 'EC-HSM', { curve: 'P-256' })
    const refused = await requestPolicyChange(ctx, actors.custodian, proposal('kept-inside'))
    expect(refused).toMatchObject({ error: { code: 'not-permitted' } })
  })
})

describe('a change that nobody finished', () => {
  const kill = (when: 'before' | 'after'): Interruption => ({ call: 'setReleasePolicy', when, error: new Killed() })

  it.each([
    ['before', 'awaiting_review', 'failed', 'one'],
    ['after', 'enabled', 'succeeded', 'two'],
  ] as const)('killed %s the call: the vault is asked, and the outcome is %s', async (when, status, outcome, value) => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    await expect(approvePolicyChange(interrupted(ctx, [kill(when)]), actors.custodian2, decision)).rejects.toThrow(
      Killed,
    )
    const operation = await ctx.db.operation.findFirstOrThrow({ where: { keyName: name } })
    expect(operation.status).toBe('pending')
    expect(await reconcileOperation(ctx, operation.id)).toBe('ask-again')
    const later = { ...ctx, clock: () => new Date(Date.now() + LATER_MS) }
    expect(await reconcileOperation(later, operation.id)).toBe('done')
    expect(await ctx.db.operation.findUniqueOrThrow({ where: { id: operation.id } })).toMatchObject({ status: outcome })
    expect(await statusOf(decision)).toBe(status)
    expect((await held(name))?.text).toBe(textOf(value))
  })

  it('and met a third policy: not told as set, and the proposal is stale', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    const decision = await proposed(name)
    await expect(approvePolicyChange(interrupted(ctx, [kill('after')]), actors.custodian2, decision)).rejects.toThrow(
      Killed,
    )
    const { sdk } = clientsOf(console_.vault.description)
    await sdk.updateKeyProperties(name, { releasePolicy: { encodedPolicy: Buffer.from(textOf('third')) } })
    const { id } = await ctx.db.operation.findFirstOrThrow({ where: { keyName: name } })
    const later = { ...ctx, clock: () => new Date(Date.now() + LATER_MS) }
    expect(await reconcileOperation(later, id)).toBe('done')
    expect(await ctx.db.operation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'failed',
      code: 'request-changed',
    })
    const again = await decisionOn(decision.enableRequestId)
    expect(await approvePolicyChange(ctx, actors.custodian2, again)).toMatchObject({
      error: { code: 'request-changed' },
    })
  })
})

describe('policy tests', () => {
  it('hold back a proposal, and its setting where one came after it', async () => {
    const { ctx, actors } = console_
    const name = await exportable()
    expect(await addPolicyTest(ctx, actors.viewer, aTest(name, 'none', 'one', 'deny'))).toMatchObject({
      error: { code: 'not-permitted' },
    })
    const allowed = await addPolicyTest(ctx, actors.custodian, aTest(name, 'production', 'one', 'allow'))
    if (!allowed.ok) throw new Error(allowed.error.code)
    expect(await addPolicyTest(ctx, actors.custodian2, aTest(name, 'Production', 'one', 'deny'))).toMatchObject({
      error: { fields: { testName: expect.any(String) } },
    })
    const refused = await requestPolicyChange(ctx, actors.custodian, proposal(name))
    expect(refused).toMatchObject({
      error: { code: 'policy-tests-failed', message: expect.stringContaining('“production”') },
    })

    expect(await removePolicyTest(ctx, actors.custodian, allowed.value)).toMatchObject({ ok: true })
    const decision = await proposed(name)
    const later = await addPolicyTest(ctx, actors.custodian2, aTest(name, 'debuggable', 'two', 'deny'))
    if (!later.ok) throw new Error(later.error.code)
    expect(await removePolicyTest(ctx, actors.custodian, later.value)).toMatchObject({ error: { code: 'conflict' } })
    const review = await getPolicyChangeReview(ctx, actors.custodian2, decision.enableRequestId)
    expect(review?.tests.map(({ test }) => test.name)).toEqual(['debuggable'])
    expect(review?.removedTests).toMatchObject([{ name: 'production', removedByName: actors.custodian.name }])
    expect(await approvePolicyChange(ctx, actors.custodian2, decision)).toMatchObject({
      error: { code: 'policy-tests-failed' },
    })
    expect((await held(name))?.text).toBe(textOf('one'))
    expect(await ctx.db.operation.count({ where: { keyName: name } })).toBe(0)
    expect(await ctx.db.approval.count({ where: { enableRequestId: decision.enableRequestId } })).toBe(0)
  })
})
