import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ok } from '@/lib/domain/result'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { anotherSession, PARTY, registered, SETTINGS } from '@/lib/testing/passkeys/registered'
import {
  type SoftwareAuthenticator,
  softwareAuthenticator,
  type Told,
} from '@/lib/testing/passkeys/software-authenticator'
import type { Actor, Context } from '../context'
import { type ActionDefinition, performAction } from '../doors/perform-action'
import { askPasskey } from './ask-passkey'
import { passByPasskey } from './pass-by-passkey'
import { ASKED_LASTS_MS } from './step-up-clock'

let testConsole: TestConsole
let mine: SoftwareAuthenticator
let theirs: SoftwareAuthenticator
let runs = 0

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { ctx, actors } = testConsole
  mine = await registered(ctx, actors.custodian)
  theirs = await registered(ctx, actors.custodian2)
})
afterAll(() => testConsole.close())

const input = z.object({ name: z.string() })
const guarded = {
  name: 'test.guarded',
  permission: 'account.manage',
  input,
  stepUp: true,
  act: (_ctx: Context, { name }: { name: string }) => `Make ${name}`,
  run: async () => ok({ run: ++runs }),
} satisfies ActionDefinition<typeof input, { run: number }>

type Open = { withoutPasskey?: true; passkeysRequired?: boolean }

async function call(actor: Actor, name: string, { withoutPasskey, passkeysRequired = false }: Open = {}) {
  const request = {
    origin: PARTY.origin,
    secFetchSite: null,
    publicUrl: PARTY.origin,
    passkeysRequired,
    findActor: async () => actor,
  }
  const definition = withoutPasskey ? { ...guarded, withoutPasskey } : guarded
  return performAction(testConsole.ctx, definition, request, { idempotencyKey: randomUUID(), input: { name } })
}

async function codeOf(...args: Parameters<typeof call>) {
  const answer = await call(...args)
  return answer.ok ? 'ok' : answer.problem.code
}

const custodian = () => testConsole.actors.custodian

async function asked(actor: Actor, name: string = randomUUID()) {
  const answer = await call(actor, name)
  if (answer.ok || !answer.problem.stepUp) throw new Error('no proof was asked for')
  return { name, stepUpId: answer.problem.stepUp.id, methods: answer.problem.stepUp.methods }
}

async function challengeFor(actor: Actor, stepUpId: string): Promise<string> {
  const answer = await askPasskey(testConsole.ctx, actor, { stepUpId, settings: SETTINGS })
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value.challenge
}

const pass = async (actor: Actor, stepUpId: string, response: Parameters<typeof passByPasskey>[2]['response']) => {
  await testConsole.ctx.db.rateLimit.deleteMany({})
  return passByPasskey(testConsole.ctx, actor, { stepUpId, response, settings: SETTINGS })
}

async function lastRefusal() {
  const event = await testConsole.ctx.db.auditEvent.findFirst({
    where: { type: 'step-up.refused' },
    orderBy: { id: 'desc' },
  })
  return { code: event?.code, details: event?.details }
}

describe('a proof by passkey', () => {
  it('opens the very act it was asked for, and is recorded', async () => {
    const { name, stepUpId, methods } = await asked(custodian())
    expect(methods).toEqual(['passkey'])
    const response = mine.use(await challengeFor(custodian(), stepUpId))
    expect(await pass(custodian(), stepUpId, response)).toMatchObject({ ok: true })
    expect(await codeOf(custodian(), name)).toBe('ok')
    expect(await codeOf(custodian(), randomUUID())).toBe('step-up-required')
    const event = await testConsole.ctx.db.auditEvent.findFirst({
      where: { type: 'step-up.passed' },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ details: { action: guarded.name, method: 'passkey' } })
  })

  it('passes once of five equal answers', async () => {
    const { stepUpId } = await asked(custodian())
    const response = mine.use(await challengeFor(custodian(), stepUpId))
    await testConsole.ctx.db.rateLimit.deleteMany({})
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        passByPasskey(testConsole.ctx, custodian(), { stepUpId, response, settings: SETTINGS }),
      ),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })
})

describe('a proof by passkey is refused and recorded', () => {
  it.each<[string, Partial<Told>, string]>([
    ['given at another origin', { origin: 'https://evil.example' }, 'wrong-origin'],
    ['for another relying party', { rpId: 'evil.example' }, 'not-verified'],
    ['for another challenge', { challenge: 'AAAA' }, 'wrong-challenge'],
    ['without the user having been checked', { userVerified: false }, 'not-verified'],
    ['counted backwards', { counter: 1 }, 'counter-went-back'],
  ])('%s', async (_title, lies, code) => {
    const { name, stepUpId } = await asked(custodian())
    const response = mine.use(await challengeFor(custodian(), stepUpId), lies)
    expect(await pass(custodian(), stepUpId, response)).toMatchObject({ error: { code: 'passkey-refused' } })
    expect(await lastRefusal()).toEqual({ code, details: { method: 'passkey', action: guarded.name } })
    expect(await codeOf(custodian(), name)).toBe('step-up-required')
  })

  it('by another person’s passkey, or an unknown one under my id', async () => {
    for (const authenticator of [theirs, softwareAuthenticator(PARTY)]) {
      for (const id of [authenticator.id, mine.id]) {
        const { stepUpId } = await asked(custodian())
        const response = authenticator.use(await challengeFor(custodian(), stepUpId), { id })
        expect(await pass(custodian(), stepUpId, response)).toMatchObject({ error: { code: 'passkey-refused' } })
      }
    }
  })

  it('for another question, of this session, of another session and of another person', async () => {
    const [one, two] = [await asked(custodian()), await asked(custodian())]
    const challenge = await challengeFor(custodian(), one.stepUpId)
    await challengeFor(custodian(), two.stepUpId)
    expect(await pass(custodian(), two.stepUpId, mine.use(challenge))).toMatchObject({ ok: false })
    expect(await lastRefusal()).toMatchObject({ code: 'wrong-challenge' })
    const elsewhere = await anotherSession(testConsole.ctx, custodian())
    expect(await pass(elsewhere, one.stepUpId, mine.use(challenge))).toMatchObject({ ok: false })
    expect(await lastRefusal()).toMatchObject({ code: 'not-waiting' })
    const stranger = testConsole.actors.custodian2
    expect(await askPasskey(testConsole.ctx, stranger, { stepUpId: one.stepUpId, settings: SETTINGS })).toMatchObject({
      error: { code: 'step-up-refused' },
    })
    expect(await pass(stranger, one.stepUpId, theirs.use(challenge))).toMatchObject({ ok: false })
    // All of that has not used up the question's own challenge.
    expect(await pass(custodian(), one.stepUpId, mine.use(challenge))).toMatchObject({ ok: true })
  })

  it('when it is sent again, when its challenge was replaced, and when none was given out', async () => {
    const { name, stepUpId } = await asked(custodian())
    expect(await pass(custodian(), stepUpId, mine.use('AAAA'))).toMatchObject({ ok: false })
    expect(await lastRefusal()).toMatchObject({ code: 'not-waiting' })
    const first = await challengeFor(custodian(), stepUpId)
    await challengeFor(custodian(), stepUpId)
    expect(await pass(custodian(), stepUpId, mine.use(first))).toMatchObject({ ok: false })
    const response = mine.use(await challengeFor(custodian(), stepUpId))
    expect(await pass(custodian(), stepUpId, response)).toMatchObject({ ok: true })
    expect(await pass(custodian(), stepUpId, response)).toMatchObject({ ok: false })
    expect(await codeOf(custodian(), name)).toBe('ok')
  })

  it('when the question was asked too long ago', async () => {
    const { stepUpId } = await asked(custodian())
    const response = mine.use(await challengeFor(custodian(), stepUpId))
    testConsole.advance(ASKED_LASTS_MS)
    expect(await pass(custodian(), stepUpId, response)).toMatchObject({ error: { code: 'step-up-refused' } })
    testConsole.advance(-ASKED_LASTS_MS)
  })
})

describe('an installation that asks custodians, approvers and administrators for a passkey', () => {
  const passkeysRequired = true

  it('does no act of theirs that needs a proof before they have one, but the registration', async () => {
    const { ctx, actors } = testConsole
    const actor = actors.custodian2
    await ctx.db.passkey.updateMany({ where: { personId: actor.personId }, data: { removedAt: ctx.clock() } })
    const name = randomUUID()
    expect(await codeOf(actor, name, { passkeysRequired })).toBe('passkey-required')
    expect(await codeOf(actor, name, { passkeysRequired, withoutPasskey: true })).toBe('step-up-required')
    await registered(ctx, actor)
    expect(await codeOf(actor, name, { passkeysRequired })).toBe('step-up-required')
  })

  it.each(['approver', 'administrator'] as const)('holds the %s alike', async (role) => {
    const actor = await addOfficer(testConsole.ctx, { roles: [role] })
    const name = randomUUID()
    expect(await codeOf(actor, name, { passkeysRequired })).toBe('passkey-required')
    expect(await codeOf(actor, name)).toBe('step-up-required')
  })

  it('not even with a proof by password from before it asked', async () => {
    const { ctx, actors } = testConsole
    const actor = actors.custodian2
    await ctx.db.passkey.updateMany({
      where: { personId: actor.personId, removedAt: null },
      data: { removedAt: ctx.clock() },
    })
    const { name, stepUpId } = await asked(actor)
    const [passedAt, expiresAt] = [ctx.clock(), new Date(ctx.clock().getTime() + 60_000)]
    await ctx.db.stepUp.update({ where: { id: stepUpId }, data: { method: 'password', passedAt, expiresAt } })
    const before = runs
    expect(await codeOf(actor, name, { passkeysRequired })).toBe('passkey-required')
    expect(runs).toBe(before)
  })

  it('leaves the others as they are', async () => {
    expect(await codeOf(testConsole.actors.auditor, randomUUID(), { passkeysRequired })).toBe('step-up-required')
  })
})
