import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { asked, exportableKey, readVaultLog, tokenFor } from '@/lib/testing/exportable-key'
import { cutEachQuestion, type Ready, silenceEachQuestion } from '@/lib/testing/faults/each-question'
import { MOST_CALLS } from '@/lib/testing/faults/sweep'
import { throughTheDoor } from '@/lib/testing/faults/through-the-door'
import { saysNothingWasDone } from '@/lib/testing/outcomes/told'
import { reconcileOperation } from '../../operations/reconcile-operation'
import { type PerformReleaseOutput, performRelease } from './perform-release'
import { releaseParamsSchema } from './release-params'

// Fails each question of a release to the database in turn. A release leaves nothing behind at the key, so the vault's own
// log is read before the reconciler runs: then the record must say what the vault did, and never anything else.

const SWEEP_MS = 300_000
const LATER_MS = 120_000

let world: TestConsole
beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  world = await createTestConsole()
})
afterAll(() => world.close())
afterEach(async () => {
  await readVaultLog(world)
  for (const one of tried.splice(0)) await judge(one)
})

interface Tried {
  name: string
  answer: ActionResult<PerformReleaseOutput> | null
}
const tried: Tried[] = []

const releasing: Ready = async () => {
  const name = `key-${world.ctx.newId()}`
  const input = asked(await exportableKey(world, name), await tokenFor(world))
  const one: Tried = { name, answer: null }
  tried.push(one)
  const officer = world.actors.custodian
  return async (ctx) => {
    const { result } = await throughTheDoor(ctx, officer, 'releases.perform', 'releases.perform', (watched) =>
      performRelease(watched, officer, input),
    )
    one.answer = result
  }
}

async function judge({ name, answer }: Tried): Promise<void> {
  const { db } = world.ctx
  const later = { ...world.ctx, clock: () => new Date(Date.now() + LATER_MS) }
  const [operation, ...more] = await db.operation.findMany({ where: { keyName: name } })
  if (operation) await reconcileOperation(later, operation.id)
  const calls = world.acknowledged().filter((call) => call.operation === 'release' && call.name === name)
  // One intent, one call, by the intent's own id.
  expect(more).toEqual([])
  expect(calls.length).toBeLessThanOrEqual(1)
  for (const { clientRequestId, status } of calls) {
    expect(clientRequestId).toBe(operation?.id)
    expect(status).toBe(200)
  }
  const isReleased = calls.length === 1
  if (answer?.ok) expect(answer.value.operationId).toBe(operation?.id)
  if (answer?.ok === false && saysNothingWasDone(answer.problem.code)) expect(isReleased).toBe(false)
  if (!operation) return
  const { status, outcome } = await db.operation.findUniqueOrThrow({ where: { id: operation.id } })
  // What never left the console stays not known: no log tells of a call that was not made.
  expect(status).toBe(isReleased ? 'succeeded' : 'indeterminate')
  if (isReleased) expect(outcome).toMatchObject({ end: 'released' })
  const { tokenSha256 } = releaseParamsSchema.parse(operation.params)
  expect(await db.attestationToken.count({ where: { sha256: tokenSha256 } })).toBe(1)
  const events = await db.auditEvent.findMany({ where: { operationId: operation.id }, orderBy: { id: 'asc' } })
  expect(events[0]?.phase).toBe('intended')
  expect(events.filter(({ phase }) => phase === 'succeeded')).toHaveLength(isReleased ? 1 : 0)
}

it.each(['cut-before', 'cut-after'] as const)(
  'a release, with its n-th question to the database %s: nothing is lost, done twice or told wrongly',
  async (fault) => {
    const reached = await cutEachQuestion(world, fault, releasing)
    expect(reached).toBeGreaterThan(3)
    expect(reached).toBeLessThan(MOST_CALLS)
  },
  SWEEP_MS,
)

it(
  'a release, with its n-th question to the database never answered: nothing is lost, done twice or told wrongly',
  async () => {
    expect(await silenceEachQuestion(world, releasing)).toBeLessThan(MOST_CALLS)
    const codes = tried.map(({ answer }) => (answer?.ok ? 'ok' : answer?.problem.code))
    expect(codes).toContain('audit-unavailable')
  },
  SWEEP_MS,
)
