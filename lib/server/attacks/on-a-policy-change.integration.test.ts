import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '@/lib/local-vault/testing/attest'
import { clientsOf } from '@/lib/local-vault/testing/start-test-vault'
import { type AnyAction, actionsFromSource } from '@/lib/testing/actions-from-source'
import { addOfficer } from '@/lib/testing/add-officer'
import { anotherSession } from '@/lib/testing/another-session'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { exportableKey } from '@/lib/testing/exportable-key'
import { codeOf, knock, knockProven, proveAll } from '@/lib/testing/knock'
import type { Actor } from '../context'
import { reconcileOperation } from '../operations/reconcile-operation'
import { approvePolicyChange } from '../policy-changes/approve-policy-change'
import { requestPolicyChange } from '../policy-changes/request-policy-change'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { setPolicy } from '../reviews/testing/set-policy'

const HOUR = 3_600_000

let console_: TestConsole
let approve: AnyAction
let reject: AnyAction
let withdraw: AnyAction
let enable: AnyAction

beforeAll(async () => {
  console_ = await createTestConsole()
  const { actions } = await actionsFromSource()
  const find = (name: string) => {
    const action = actions.get(name)
    if (!action) throw new Error(`there is no action ${name}`)
    return action
  }
  approve = find('reviews.approve-policy')
  reject = find('reviews.reject-enable')
  withdraw = find('reviews.withdraw-enable')
  enable = find('reviews.approve-enable')
})
afterAll(() => console_.close())

const policy = (tee: string) => policyText(console_.vault.description.attestation.url, { tee })
const wish = (name: string, tee = 'proposed') => ({
  ...{ connectionId: console_.connections.vault.id, name, policyText: policy(tee), immutable: false, typedName: '' },
  reason: 'The new image',
})

interface Proposed {
  name: string
  enableRequestId: string
  /** Changes that the vault had acknowledged before. */
  before: number
}

let made = 0
async function proposed(by: Actor = console_.actors.custodian): Promise<Proposed> {
  made += 1
  const name = `guarded-${made}`
  await exportableKey(console_, name, { tee: 'own' })
  const result = await requestPolicyChange(console_.ctx, by, wish(name))
  if (!result.ok) throw new Error(result.error.code)
  return { name, enableRequestId: result.value.requestId, before: acknowledged(name) }
}

const acknowledged = (name: string) => console_.acknowledged().filter((call) => call.name === name).length
const sentFor = ({ name, before }: Proposed) => acknowledged(name) - before
const rowOf = ({ enableRequestId: id }: Proposed) => console_.ctx.db.enableRequest.findUniqueOrThrow({ where: { id } })
const heldBy = async ({ name }: Proposed) =>
  (await console_.ctx.provider(console_.connections.vault).getKey(name)).value.releasePolicy?.text
async function decision(asked: Proposed) {
  const { revision, frozenSha256 } = await rowOf(asked)
  return { enableRequestId: asked.enableRequestId, revision, frozenSha256, reason: 'Looked at both' }
}
async function decideAs(actor: Actor, asked: Proposed, action: AnyAction = approve) {
  return codeOf(await knockProven(console_.ctx, action, { as: actor, input: await decision(asked) }))
}
const recorded = (actor: Actor, code: string) =>
  console_.ctx.db.auditEvent.count({ where: { actorId: actor.personId, type: 'action.refused', code } })
const setAtVault = (name: string, tee: string) =>
  clientsOf(console_.vault.description).sdk.updateKeyProperties(name, {
    releasePolicy: { encodedPolicy: Buffer.from(policy(tee)) },
  })
async function reconcileLater({ name }: Proposed) {
  const { ctx } = console_
  const later = { ...ctx, clock: () => new Date(ctx.clock().getTime() + HOUR / 30) }
  const open = { keyName: name, status: { in: ['pending' as const, 'indeterminate' as const] } }
  for (const { id } of await ctx.db.operation.findMany({ where: open }))
    expect(await reconcileOperation(later, id)).toBe('done')
}
async function expectUntouched(asked: Proposed) {
  expect(sentFor(asked)).toBe(0)
  expect((await rowOf(asked)).status).toBe('awaiting_review')
  expect(await heldBy(asked)).toBe(policy('own'))
}

describe('one’s own proposal', () => {
  it('is not decided through another session', async () => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const again = await anotherSession(ctx, actors.custodian)
    const before = await recorded(actors.custodian, 'own-request')
    expect(await decideAs(again, asked)).toBe('own-request')
    expect(await decideAs(again, asked, reject)).toBe('own-request')
    expect((await recorded(actors.custodian, 'own-request')) - before).toBe(2)
    await expectUntouched(asked)
  })

  it('is not decided by the role that was added afterwards', async () => {
    const { ctx } = console_
    const proposer = await addOfficer(ctx, { roles: ['custodian'] })
    const asked = await proposed(proposer)
    expect(await decideAs(proposer, asked)).toBe('not-permitted')
    await ctx.db.personRole.create({ data: { personId: proposer.personId, role: 'approver', grantedAt: ctx.clock() } })
    expect(await decideAs(proposer, asked)).toBe('own-request')
    expect(await recorded(proposer, 'own-request')).toBe(1)
    await expectUntouched(asked)
  })

  it.each([
    ['the same subject at another issuer', { issuer: 'https://login.example.test', subject: 'custodian' }],
    ['the same e-mail', { issuer: 'https://login.example.test', subject: 'opaque-1', email: 'Custodian@Example.TEST' }],
  ])('is not decided by another account of the same human: %s', async (_, account) => {
    const { ctx } = console_
    const other = await addOfficer(ctx, { roles: ['approver'], ...account })
    const asked = await proposed()
    expect(await decideAs(other, asked)).toBe('own-import')
    expect(await decideAs(other, asked, reject)).toBe('own-import')
    expect(await recorded(other, 'own-import')).toBe(2)
    await expectUntouched(asked)
    // Out of the way of the next case: an account more of the same human.
    await ctx.db.person.update({ where: { id: other.personId }, data: { email: `${other.personId}@example.test` } })
  })

  it('is not decided by who was made for it, nor by who was changed for it', async () => {
    const { ctx } = console_
    const approver = await addOfficer(ctx, { roles: ['approver'] })
    const asked = await proposed()
    console_.advance(1000)
    const accomplice = await addOfficer(ctx, { roles: ['approver'] })
    await ctx.db.person.update({ where: { id: approver.personId }, data: { changedAt: ctx.clock() } })
    for (const late of [accomplice, approver]) {
      expect(await decideAs(late, asked)).toBe('changed-since-submission')
      expect(await recorded(late, 'changed-since-submission')).toBe(1)
    }
    await expectUntouched(asked)
  })

  it('is not decided by who is no approver any more', async () => {
    const { ctx } = console_
    const approver = await addOfficer(ctx, { roles: ['approver'] })
    const asked = await proposed()
    await ctx.db.personRole.deleteMany({ where: { personId: approver.personId } })
    expect(await decideAs(approver, asked)).toBe('not-permitted')
    expect(await recorded(approver, 'not-permitted')).toBe(1)
    await expectUntouched(asked)
  })

  it('is taken back by nobody else, under whatever account', async () => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const input = { enableRequestId: asked.enableRequestId }
    const before = await recorded(actors.custodian2, 'not-permitted')
    expect(codeOf(await knockProven(ctx, withdraw, { as: actors.custodian2, input }))).toBe('not-permitted')
    expect((await recorded(actors.custodian2, 'not-permitted')) - before).toBe(1)
    await expectUntouched(asked)
  })
})

describe('two accounts of one human', () => {
  it('are one approval of two', async () => {
    const { ctx, connections } = console_
    const one = await addOfficer(ctx, { roles: ['approver'], subject: 'nora' })
    const two = await addOfficer(ctx, { roles: ['approver'], subject: 'nora', issuer: 'https://login.example.test' })
    await setPolicy(console_, connections.vault, 2)
    const asked = await proposed()
    expect(await decideAs(one, asked)).toBe('ok')
    expect(await decideAs(two, asked)).toBe('already-approved')
    expect(await recorded(two, 'already-approved')).toBe(1)
    await expectUntouched(asked)
    await setPolicy(console_, connections.vault, 1)
  })
})

describe('a replayed approval', () => {
  it('gets the same answer under its key, and a refusal under another, from this session or the next', async () => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const captured = { input: await decision(asked), idempotencyKey: randomUUID() }
    const sent = () => knock(ctx, approve, { as: actors.custodian2, ...captured })
    expect(codeOf(await sent())).toBe('step-up-required')
    await proveAll(ctx, actors.custodian2)
    const first = await sent()
    expect(codeOf(first)).toBe('ok')
    // Whoever turns the policy back does not get it set again by the old approval.
    await setAtVault(asked.name, 'own')
    expect(await sent()).toEqual(first)
    const again = { as: actors.custodian2, input: captured.input }
    expect(codeOf(await knockProven(ctx, approve, again))).toBe('not-waiting')
    const next = await anotherSession(ctx, actors.custodian2)
    expect(codeOf(await knockProven(ctx, approve, { as: next, input: captured.input }))).toBe('not-waiting')
    expect(await recorded(actors.custodian2, 'not-waiting')).toBe(2)
    expect(await heldBy(asked)).toBe(policy('own'))
  })

  it('in another’s session is that person’s own try, with their own proof', async () => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const captured = { input: await decision(asked), idempotencyKey: randomUUID() }
    await knock(ctx, approve, { as: actors.custodian2, ...captured })
    await proveAll(ctx, actors.custodian2)
    expect(codeOf(await knock(ctx, approve, { as: actors.custodian, ...captured }))).toBe('step-up-required')
    await proveAll(ctx, actors.custodian)
    expect(codeOf(await knock(ctx, approve, { as: actors.custodian, ...captured }))).toBe('own-request')
    expect(codeOf(await knock(ctx, approve, { as: actors.viewer, ...captured }))).toBe('not-permitted')
    expect(codeOf(await knock(ctx, approve, { as: null, ...captured }))).toBe('signed-out')
    await expectUntouched(asked)
  })

  it('under its key with other parameters is refused, and so is another request by its proof', async () => {
    const { ctx, actors } = console_
    const [one, other] = [await proposed(), await proposed()]
    const idempotencyKey = randomUUID()
    expect(codeOf(await knock(ctx, approve, { as: actors.custodian2, input: await decision(one) }))).toBe(
      'step-up-required',
    )
    await proveAll(ctx, actors.custodian2)
    const forged = { as: actors.custodian2, idempotencyKey, input: await decision(other) }
    expect(codeOf(await knock(ctx, approve, forged))).toBe('step-up-required')
    await knock(ctx, reject, { as: actors.custodian2, idempotencyKey, input: await decision(one) })
    const mismatch = { as: actors.custodian2, idempotencyKey, input: await decision(other) }
    expect(codeOf(await knock(ctx, reject, mismatch))).toBe('idempotency-mismatch')
    expect(await recorded(actors.custodian2, 'idempotency-mismatch')).toBe(1)
    await expectUntouched(other)
  })
})

describe('an approval of a changed request', () => {
  it.each([
    ['another hash', { frozenSha256: 'f'.repeat(64) }, 'not-waiting'],
    ['an older revision', { revision: -1 }, 'invalid-input'],
    ['a later revision', { revision: 7 }, 'not-waiting'],
    ['no hash at all', { frozenSha256: '' }, 'invalid-input'],
  ])('is refused: %s', async (_, change, code) => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const input = { ...(await decision(asked)), ...change }
    expect(codeOf(await knockProven(ctx, approve, { as: actors.custodian2, input }))).toBe(code)
    await expectUntouched(asked)
  })

  it('is refused by the door that enables keys', async () => {
    const { actors } = console_
    const asked = await proposed()
    const before = await recorded(actors.custodian2, 'not-found')
    expect(await decideAs(actors.custodian2, asked, enable)).toBe('not-found')
    expect((await recorded(actors.custodian2, 'not-found')) - before).toBe(1)
    await expectUntouched(asked)
  })

  it('is refused when the vault’s policy was changed behind it; what was approved before counts no more', async () => {
    const { ctx, actors, connections } = console_
    const second = await addOfficer(ctx, { roles: ['approver'] })
    await setPolicy(console_, connections.vault, 2)
    const asked = await proposed()
    expect(await decideAs(second, asked)).toBe('ok')
    await setAtVault(asked.name, 'slipped in')
    expect(await decideAs(actors.custodian2, asked)).toBe('request-changed')
    expect(await recorded(actors.custodian2, 'request-changed')).toBe(1)
    const about = { enableRequestId: asked.enableRequestId }
    expect(await ctx.db.auditEvent.count({ where: { ...about, type: 'review.approvals-voided' } })).toBe(1)
    await setAtVault(asked.name, 'own')
    expect(await decideAs(actors.custodian2, asked)).toBe('ok')
    expect((await rowOf(asked)).status).toBe('awaiting_review')
    expect(await heldBy(asked)).toBe(policy('own'))
    await setPolicy(console_, connections.vault, 1)
  })
})

describe('the clocks of an approval', () => {
  it('after a day it counts no more towards two', async () => {
    const { ctx, actors, connections } = console_
    const second = await addOfficer(ctx, { roles: ['approver'] })
    await setPolicy(console_, connections.vault, 2)
    const asked = await proposed()
    expect(await approvePolicyChange(ctx, second, await decision(asked))).toMatchObject({ ok: true })
    const nextDay = { ...ctx, clock: () => new Date(ctx.clock().getTime() + 25 * HOUR) }
    expect(await approvePolicyChange(nextDay, actors.custodian2, await decision(asked))).toMatchObject({
      value: { status: 'awaiting_review', approvals: { given: 1, required: 2 } },
    })
    await expectUntouched(asked)
    await setPolicy(console_, connections.vault, 1)
  })

  it('what was not sent within fifteen minutes is not sent', async () => {
    const { ctx, actors, connections } = console_
    const asked = await proposed()
    let calls = 0
    const held = {
      ...ctx,
      // The second way to the vault is that of the act: somebody stopped the process for a quarter of an hour before it.
      provider: (connection: typeof connections.vault) => {
        calls += 1
        return ctx.provider(connection)
      },
      clock: () => new Date(ctx.clock().getTime() + (calls > 1 ? HOUR / 4 : 0)),
    }
    expect(await approvePolicyChange(held, actors.custodian2, await decision(asked))).toMatchObject({
      error: { code: 'approval-expired' },
    })
    await expectUntouched(asked)
    const operation = await ctx.db.operation.findFirst({ where: { keyName: asked.name } })
    expect(operation).toMatchObject({ status: 'failed', code: 'approval-expired' })
  })

  it('what a killed console left unsent is not sent by anybody later, and its approval lapses', async () => {
    const { ctx, actors } = console_
    const asked = await proposed()
    const dying = interrupted(ctx, [{ call: 'setReleasePolicy', when: 'before', error: new Killed() }])
    await expect(approvePolicyChange(dying, actors.custodian2, await decision(asked))).rejects.toThrow(Killed)
    const { id } = await ctx.db.operation.findFirstOrThrow({ where: { keyName: asked.name } })
    const later = { ...ctx, clock: () => new Date(ctx.clock().getTime() + HOUR) }
    expect(await reconcileOperation(later, id)).toBe('done')
    await expectUntouched(asked)
    const standing = { enableRequestId: asked.enableRequestId, voidedAt: null }
    expect(await ctx.db.approval.count({ where: standing })).toBe(0)
  })
})

describe('at once', () => {
  // The last where many at once leave the record no two seconds: nothing was sent then.
  const allowed = ['ok', 'not-waiting', 'conflict', 'key-busy', 'request-changed', 'audit-unavailable']
  const AT_ONCE = 50

  it('fifty approvals of several officers set the policy once, and every other is on the record', async () => {
    const { ctx, actors } = console_
    const by = [actors.custodian2]
    for (let more = 0; more < 3; more += 1) by.push(await addOfficer(ctx, { roles: ['approver'] }))
    const asked = await proposed()
    const input = await decision(asked)
    for (const officer of by) await knock(ctx, approve, { as: officer, input })
    for (const officer of by) await proveAll(ctx, officer)
    const refusals = () => ctx.db.auditEvent.count({ where: { type: 'action.refused' } })
    const before = await refusals()
    const results = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) =>
        knock(ctx, approve, { as: by[index % by.length] ?? actors.custodian2, input }),
      ),
    )
    const codes = results.map(codeOf)
    // Whose answer the machine had no time for: that one may have won.
    const winners = codes.filter((code) => code === 'ok' || code === 'outcome-unknown')
    const others = codes.filter((code) => code !== 'ok' && code !== 'outcome-unknown')
    expect(winners.length).toBeLessThanOrEqual(1)
    expect([...new Set(others)].filter((code) => !allowed.includes(code))).toEqual([])
    expect((await refusals()) - before).toBe(others.filter((code) => code !== 'audit-unavailable').length)
    // A machine with no time for any of them lets the next one do it: one in all, never two.
    await reconcileLater(asked)
    const waits = (await rowOf(asked)).status === 'awaiting_review'
    if (waits) expect(winners).not.toContain('ok')
    if (waits) expect(await decideAs(actors.custodian2, asked)).toBe('ok')
    expect(await decideAs(actors.custodian2, asked)).toBe('not-waiting')
    expect(sentFor(asked)).toBe(1)
    expect((await rowOf(asked)).status).toBe('enabled')
    expect(await heldBy(asked)).toBe(policy('proposed'))
  })

  it.each(['reject', 'withdraw'] as const)(
    'approvals against those who %s have one winner, and the vault agrees with it',
    async (other) => {
      const { ctx, actors } = console_
      const rejecter = await addOfficer(ctx, { roles: ['approver'] })
      const asked = await proposed()
      const input = await decision(asked)
      const against =
        other === 'reject'
          ? { as: rejecter, action: reject, input }
          : { as: actors.custodian, action: withdraw, input: { enableRequestId: asked.enableRequestId } }
      const sent = [{ as: actors.custodian2, action: approve, input }, against]
      await knock(ctx, approve, { as: actors.custodian2, input })
      await proveAll(ctx, actors.custodian2)
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const { action, ...knocking } = sent[index % 2] ?? against
          return knock(ctx, action, knocking)
        }),
      )
      const codes = results.map(codeOf)
      expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
      const isSet = codes.indexOf('ok') % 2 === 0
      expect((await rowOf(asked)).status).toBe(isSet ? 'enabled' : other === 'reject' ? 'rejected' : 'withdrawn')
      expect(await heldBy(asked)).toBe(policy(isSet ? 'proposed' : 'own'))
      expect(sentFor(asked)).toBe(isSet ? 1 : 0)
    },
  )

  it('of ten proposals for one key one stands', async () => {
    const { ctx, actors, connections } = console_
    const name = 'wanted-by-many'
    await exportableKey(console_, name, { tee: 'own' })
    const by = [actors.custodian, actors.custodian2]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        requestPolicyChange(ctx, by[index % 2] ?? actors.custodian, wish(name, `wish ${index}`)),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]))
    expect(refused.filter((code) => !['already-so', 'conflict'].includes(code))).toEqual([])
    expect(await ctx.db.enableRequest.count({ where: { connectionId: connections.vault.id, keyName: name } })).toBe(1)
  })
})
