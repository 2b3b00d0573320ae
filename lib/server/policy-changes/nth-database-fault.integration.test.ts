import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import { policyText } from '@/lib/local-vault/testing/attest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { exportableKey } from '@/lib/testing/exportable-key'
import { cutEachQuestion, type Ready, silenceEachQuestion } from '@/lib/testing/faults/each-question'
import { MOST_CALLS } from '@/lib/testing/faults/sweep'
import { throughTheDoor } from '@/lib/testing/faults/through-the-door'
import { saysNothingWasDone } from '@/lib/testing/outcomes/told'
import type { Context } from '../context'
import { reconcileOperation } from '../operations/reconcile-operation'
import { interrupted, Killed } from '../reviews/testing/interrupted'
import { approvePolicyChange } from './approve-policy-change'
import { requestPolicyChange } from './request-policy-change'

// Fails each question of setting a policy to the database in turn, and lets the reconciler run: whatever happened, what
// the record says is what the vault holds, nobody was told otherwise, and nothing was sent without its intent.

const SWEEP_MS = 300_000
const LATER_MS = 120_000

let world: TestConsole
let proposed: string
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  world = await createTestConsole()
  proposed = policyText(world.vault.description.attestation.url, { tee: 'the proposed one' })
})
afterAll(() => world.close())
afterEach(async () => {
  for (const one of tried.splice(0)) await judge(one)
})

interface Tried {
  name: string
  enableRequestId: string
  /** Acknowledged by the vault before the act. */
  before: number
  answer: ActionResult<unknown> | null
}
const tried: Tried[] = []

const acknowledged = (name: string) => world.acknowledged().filter((call) => call.name === name).length

async function propose() {
  const name = `key-${world.ctx.newId()}`
  const { connectionId } = await exportableKey(world, name)
  const wish = { connectionId, name, policyText: proposed, immutable: false, typedName: '', reason: 'The new image' }
  const asked = await requestPolicyChange(world.ctx, world.actors.custodian, wish)
  if (!asked.ok) throw new Error(asked.error.code)
  const { requestId: id } = asked.value
  const { revision, frozenSha256 } = await world.ctx.db.enableRequest.findUniqueOrThrow({ where: { id } })
  const one: Tried = { name, enableRequestId: id, before: acknowledged(name), answer: null }
  tried.push(one)
  return { one, decision: { enableRequestId: id, revision, frozenSha256, reason: 'Looked at both' } }
}

const approving: Ready = async () => {
  const { one, decision } = await propose()
  const officer = world.actors.custodian2
  return async (ctx) => {
    const { result } = await throughTheDoor(ctx, officer, 'reviews.approve-policy', 'reviews.decide', (watched) =>
      approvePolicyChange(watched, officer, decision),
    )
    one.answer = result
  }
}

/** What a console left that was killed after the vault had done it. */
const reconciling: Ready = async () => {
  const { one, decision } = await propose()
  const dying = interrupted(world.ctx, [{ call: 'setReleasePolicy', when: 'after', error: new Killed() }])
  await expect(approvePolicyChange(dying, world.actors.custodian2, decision)).rejects.toThrow(Killed)
  const { id } = await world.ctx.db.operation.findFirstOrThrow({ where: { keyName: one.name } })
  // A job that throws is one that its queue runs again.
  return (ctx) => reconcileOperation(later(ctx), id).then(ignore, ignore)
}

const ignore = () => undefined
const later = (ctx: Context): Context => ({ ...ctx, clock: () => new Date(Date.now() + LATER_MS) })

async function judge({ name, enableRequestId, before, answer }: Tried): Promise<void> {
  const { db, provider } = world.ctx
  const open = { keyName: name, status: { in: ['pending' as const, 'indeterminate' as const] } }
  for (const { id } of await db.operation.findMany({ where: open }))
    expect(await reconcileOperation(later(world.ctx), id)).toBe('done')
  const { value: key } = await provider(world.connections.vault).getKey(name)
  const isSet = key.releasePolicy?.text === proposed
  expect(acknowledged(name) - before).toBe(isSet ? 1 : 0)
  const { status } = await db.enableRequest.findUniqueOrThrow({ where: { id: enableRequestId } })
  expect(status).toBe(isSet ? 'enabled' : 'awaiting_review')
  const acted = { enableRequestId, decision: 'approve', voidedAt: null, actedAt: { not: null } } as const
  expect(await db.approval.count({ where: acted })).toBe(isSet ? 1 : 0)
  const operations = await db.operation.findMany({ where: { keyName: name } })
  expect(operations.map((one) => one.status)).toEqual(isSet ? ['succeeded'] : operations.map(() => 'failed'))
  for (const { id: operationId, status: ended } of operations) {
    const events = await db.auditEvent.findMany({ where: { operationId, type: 'operation' }, orderBy: { id: 'asc' } })
    expect(events.map(({ phase }) => phase).filter((phase) => phase !== 'indeterminate')).toEqual(['intended', ended])
  }
  if (answer?.ok) expect(isSet).toBe(true)
  if (answer?.ok === false && saysNothingWasDone(answer.problem.code)) expect(isSet).toBe(false)
}

describe.each([
  ['setting a release policy', approving],
  ['reconciling one that nobody finished', reconciling],
])('%s, with its n-th question to the database', (_act, ready) => {
  it.each(['cut-before', 'cut-after'] as const)(
    '%s: nothing is lost, done twice or told wrongly',
    async (fault) => {
      const reached = await cutEachQuestion(world, fault, ready)
      expect(reached).toBeGreaterThan(3)
      expect(reached).toBeLessThan(MOST_CALLS)
    },
    SWEEP_MS,
  )
})

it(
  'setting a release policy, with its n-th question to the database never answered: nothing is lost, done twice or told wrongly',
  async () => {
    expect(await silenceEachQuestion(world, approving)).toBeLessThan(MOST_CALLS)
    const codes = tried.map(({ answer }) => (answer?.ok ? 'ok' : answer?.problem.code))
    expect(codes).toContain('audit-unavailable')
  },
  SWEEP_MS,
)
