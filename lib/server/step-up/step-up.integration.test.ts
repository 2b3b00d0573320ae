import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ActionResult } from '@/lib/domain/actions/action-result'
import { ok } from '@/lib/domain/result'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { hashPassword } from '../auth/password'
import type { Actor, Context } from '../context'
import { ALLOWANCES } from '../doors/allowances'
import { type ActionDefinition, performAction } from '../doors/perform-action'
import { passByPassword } from './pass-by-password'
import { passStepUp } from './pass-step-up'
import { ASKED_LASTS_MS, STEP_UP_LASTS_MS } from './step-up-clock'

const PUBLIC_URL = 'https://console.example.test'
const PASSWORD = 'correct horse battery staple'

let testConsole: TestConsole
let runs = 0

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { ctx, actors } = testConsole
  const passwordHash = await hashPassword(PASSWORD)
  await ctx.db.person.update({ where: { id: actors.custodian.personId }, data: { passwordHash } })
  await ctx.db.person.update({ where: { id: actors.custodian2.personId }, data: { passwordHash } })
})
afterAll(() => testConsole.close())

const input = z.object({ name: z.string() })
const guarded = {
  name: 'test.guarded',
  permission: 'keks.create',
  input,
  stepUp: true,
  act: (_ctx: Context, { name }: { name: string }) => `Make ${name}`,
  run: async (_ctx: Context, _actor: unknown, { name }: { name: string }) => {
    runs += 1
    return ok({ name, run: runs })
  },
} satisfies ActionDefinition<typeof input, { name: string; run: number }>

type Call = { actor?: Actor | null; name?: string; key?: string; action?: string }

function call({
  actor = testConsole.actors.custodian,
  name = 'a',
  key = randomUUID(),
  action = guarded.name,
}: Call = {}) {
  const request = {
    origin: PUBLIC_URL,
    secFetchSite: 'same-origin',
    publicUrl: PUBLIC_URL,
    findActor: async () => actor,
  }
  return performAction(testConsole.ctx, { ...guarded, name: action }, request, { idempotencyKey: key, input: { name } })
}

const codeOf = (result: ActionResult<unknown>) => (result.ok ? 'ok' : result.problem.code)

function askedOf(result: ActionResult<unknown>) {
  if (result.ok || !result.problem.stepUp) throw new Error(`no proof was asked for: ${codeOf(result)}`)
  return result.problem.stepUp
}

/** The same person in another browser. */
async function otherSession(actor: Actor): Promise<Actor> {
  const now = testConsole.ctx.clock()
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + 3_600_000)
  const data = { id, personId: actor.personId, createdAt: now, lastUseAt: now, expiresAt }
  await testConsole.ctx.db.session.create({ data })
  return { ...actor, sessionId: id }
}

const byPassword = (stepUpId: string, { actor = testConsole.actors.custodian, password = PASSWORD } = {}) =>
  passByPassword(testConsole.ctx, actor, { stepUpId, password })

const refusals = (code: string) => testConsole.ctx.db.auditEvent.count({ where: { type: 'step-up.refused', code } })

describe('an act that needs a proof', () => {
  it('is not done before, names itself, and is done by the very same call after', async () => {
    const [before, key, name] = [runs, randomUUID(), 'first']
    const asked = askedOf(await call({ key, name }))
    expect(asked).toMatchObject({ methods: ['password'], act: 'Make first' })
    expect(codeOf(await call({ key, name }))).toBe('step-up-required')
    expect(runs - before).toBe(0)
    expect(await byPassword(asked.id)).toMatchObject({ ok: true })
    expect(codeOf(await call({ key, name }))).toBe('ok')
    expect(runs - before).toBe(1)
    const passed = await testConsole.ctx.db.auditEvent.findMany({ where: { type: 'step-up.passed' } })
    expect(passed.at(-1)).toMatchObject({ details: { action: guarded.name, method: 'password' } })
  })

  it('is asked for once by a hundred equal calls, and none of them is done', async () => {
    const before = runs
    const answers = await Promise.all(Array.from({ length: 100 }, () => call({ name: 'hundred' })))
    expect(new Set(answers.map((answer) => askedOf(answer).id)).size).toBe(1)
    expect(runs - before).toBe(0)
  })

  it('needs no second proof within five minutes, and a fresh one after', async () => {
    const name = 'minutes'
    await byPassword(askedOf(await call({ name })).id)
    testConsole.advance(STEP_UP_LASTS_MS - 1_000)
    expect(codeOf(await call({ name }))).toBe('ok')
    testConsole.advance(1_000)
    expect(codeOf(await call({ name }))).toBe('step-up-required')
    testConsole.advance(-STEP_UP_LASTS_MS)
  })

  it('answers its repeat as before, though the proof has lapsed; with other parameters it answers nothing', async () => {
    const [key, name] = [randomUUID(), 'repeat']
    await byPassword(askedOf(await call({ key, name })).id)
    const first = await call({ key, name })
    testConsole.advance(STEP_UP_LASTS_MS)
    expect(await call({ key, name })).toEqual(first)
    expect(codeOf(await call({ key, name: 'other' }))).toBe('idempotency-mismatch')
    testConsole.advance(-STEP_UP_LASTS_MS)
  })
})

describe('a proof serves nothing else', () => {
  const custodian = () => testConsole.actors.custodian
  it.each([
    ['other parameters', async (name: string) => ({ name: `${name}-other` })],
    ['another act', async (name: string) => ({ name, action: 'test.other' })],
    ['another session of the same person', async (name: string) => ({ name, actor: await otherSession(custodian()) })],
    ['another person', async (name: string) => ({ name, actor: testConsole.actors.custodian2 })],
  ])('%s', async (_title, attempt) => {
    const name = randomUUID()
    await byPassword(askedOf(await call({ name })).id)
    const before = runs
    expect(codeOf(await call(await attempt(name)))).toBe('step-up-required')
    expect(runs - before).toBe(0)
    expect(codeOf(await call({ name }))).toBe('ok')
  })

  it('and is given to nobody without a session', async () => {
    expect(codeOf(await call({ name: 'bound', actor: null }))).toBe('signed-out')
  })
})

describe('a proof is refused and recorded', () => {
  it.each([
    ['by another session of the same person', () => otherSession(testConsole.actors.custodian)],
    ['by another person who knows the id', async () => testConsole.actors.custodian2],
  ])('%s', async (_title, who) => {
    const name = randomUUID()
    const asked = askedOf(await call({ name }))
    const before = await refusals('not-waiting')
    expect(await byPassword(asked.id, { actor: await who() })).toMatchObject({ error: { code: 'step-up-refused' } })
    expect((await refusals('not-waiting')) - before).toBe(1)
    expect(codeOf(await call({ name }))).toBe('step-up-required')
  })

  it('for a wrong password, of which nothing is kept', async () => {
    const name = randomUUID()
    const asked = askedOf(await call({ name }))
    const before = await refusals('wrong-password')
    const guess = 'a wrong guess 31d0'
    expect(await byPassword(asked.id, { password: guess })).toMatchObject({ error: { code: 'step-up-refused' } })
    expect((await refusals('wrong-password')) - before).toBe(1)
    expect(codeOf(await call({ name }))).toBe('step-up-required')
    const events = await testConsole.ctx.db.auditEvent.findMany({ where: { type: 'step-up.refused' } })
    expect(JSON.stringify(events, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      guess,
    )
  })

  it('beyond the allowance of a hundred parallel guesses, and then the right password too', async () => {
    const { ctx, actors } = testConsole
    await ctx.db.rateLimit.deleteMany({})
    const { burst } = ALLOWANCES['step-up']
    const name = randomUUID()
    const asked = askedOf(await call({ name }))
    const [wrong, limited] = [await refusals('wrong-password'), await refusals('rate-limited')]
    const guesses = Array.from({ length: 100 }, (_, index) => byPassword(asked.id, { password: `guess ${index}` }))
    const codes = (await Promise.all(guesses)).map((guess) => (guess.ok ? 'ok' : guess.error.code))
    const count = (code: string) => codes.filter((one) => one === code).length
    expect({ refused: count('step-up-refused'), limited: count('rate-limited') }).toEqual({
      refused: burst,
      limited: 100 - burst,
    })
    expect(await byPassword(asked.id)).toMatchObject({ error: { code: 'rate-limited' } })
    expect(codeOf(await call({ name }))).toBe('step-up-required')
    // Each guess that was looked at stands in the record; that there were more is told once.
    expect({
      wrong: (await refusals('wrong-password')) - wrong,
      told: (await refusals('rate-limited')) - limited,
    }).toEqual({
      wrong: burst,
      told: 1,
    })
    await ctx.db.rateLimit.deleteMany({ where: { bucket: { contains: actors.custodian.personId } } })
  })

  it('when it was asked for too long ago', async () => {
    const name = randomUUID()
    const asked = askedOf(await call({ name }))
    testConsole.advance(ASKED_LASTS_MS)
    expect(await byPassword(asked.id)).toMatchObject({ ok: false })
    testConsole.advance(-ASKED_LASTS_MS)
  })

  it('when the session has ended meanwhile', async () => {
    const actor = await otherSession(testConsole.actors.custodian)
    const asked = askedOf(await call({ name: 'ended', actor }))
    await testConsole.ctx.db.session.update({
      where: { id: actor.sessionId },
      data: { endedAt: testConsole.ctx.clock() },
    })
    expect(await byPassword(asked.id, { actor })).toMatchObject({ ok: false })
  })

  it('by a password where a passkey is registered, and by a method that the person has not', async () => {
    const { ctx, actors } = testConsole
    const name = randomUUID()
    const { id } = askedOf(await call({ name }))
    expect(await passStepUp(ctx, actors.custodian, id, 'oidc')).toMatchObject({ ok: false })
    expect(await passStepUp(ctx, actors.custodian, id, 'passkey')).toMatchObject({ ok: false })
    const passkey = {
      id: randomUUID(),
      personId: actors.custodian.personId,
      publicKey: new Uint8Array([1]),
      counter: 0,
    }
    const facts = { transports: [], name: 'test', deviceType: 'singleDevice', backedUp: false, createdAt: ctx.clock() }
    await ctx.db.passkey.create({ data: { ...passkey, ...facts } })
    expect(await byPassword(id)).toMatchObject({ ok: false })
    expect(askedOf(await call({ name })).methods).toEqual(['passkey'])
    await ctx.db.passkey.update({ where: { id: passkey.id }, data: { removedAt: ctx.clock() } })
  })
})
