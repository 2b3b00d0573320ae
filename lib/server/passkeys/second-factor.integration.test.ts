import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { anotherSession, PARTY, registered, SETTINGS } from '@/lib/testing/passkeys/registered'
import {
  type SoftwareAuthenticator,
  softwareAuthenticator,
  type Told,
} from '@/lib/testing/passkeys/software-authenticator'
import { hashPassword } from '../auth/password'
import { readOwingSession, readSession } from '../auth/read-session'
import { signIn, startSession } from '../auth/sign-in'
import type { Actor } from '../context'
import { inTransaction } from '../db/transaction'
import { ALLOWANCES } from '../doors/allowances'
import { beginSecondFactor } from './begin-second-factor'
import { CHALLENGE_LASTS_MS } from './challenge'
import { SECOND_FACTOR_WAITS_MS } from './owes-second-factor'
import { passSecondFactor } from './pass-second-factor'

const PASSWORD = 'correct horse battery staple'
const PLACE = { address: '203.0.113.7', userAgent: null }

let testConsole: TestConsole
let mine: SoftwareAuthenticator
let theirs: SoftwareAuthenticator

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { ctx, actors } = testConsole
  const passwordHash = await hashPassword(PASSWORD)
  await ctx.db.person.updateMany({ where: {}, data: { passwordHash } })
  mine = await registered(ctx, actors.custodian)
  theirs = await registered(ctx, actors.custodian2)
})
afterAll(() => testConsole.close())

const custodian = () => testConsole.actors.custodian
const byPassword = (email: string) => signIn(testConsole.ctx, { email, password: PASSWORD }, PLACE)
const isLive = async (sessionId: string) => (await readSession(testConsole.ctx, sessionId)) !== null

/** The custodian, who has given the password and owes the passkey. */
const owing = () => anotherSession(testConsole.ctx, custodian(), true)

async function begun(actor: Actor) {
  const answer = await beginSecondFactor(testConsole.ctx, actor, { settings: SETTINGS })
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

const pass = (actor: Actor, challengeId: string, response: AssertionResponse) =>
  passSecondFactor(testConsole.ctx, actor, { challengeId, response, settings: SETTINGS })

async function lastEvent(type: 'second-factor.refused' | 'second-factor.passed') {
  return testConsole.ctx.db.auditEvent.findFirst({ where: { type }, orderBy: { id: 'desc' } })
}

describe('a sign-in with a password', () => {
  it('of somebody who has a passkey opens nothing but what asks for it', async () => {
    const { ctx } = testConsole
    const started = await byPassword(custodian().email)
    if (!started) throw new Error('refused')
    expect(await isLive(started.sessionId)).toBe(false)
    expect(await readOwingSession(ctx, started.sessionId)).toMatchObject({ personId: custodian().personId })
    const where = { type: 'session.started', sessionId: started.sessionId } as const
    expect(await ctx.db.auditEvent.findFirst({ where })).toMatchObject({ details: { secondFactor: 'owed' } })
    testConsole.advance(SECOND_FACTOR_WAITS_MS)
    expect(await readOwingSession(ctx, started.sessionId)).toBeNull()
    expect(await isLive(started.sessionId)).toBe(false)
    testConsole.advance(-SECOND_FACTOR_WAITS_MS)
  })

  it('of somebody who has none, or had one, opens the console', async () => {
    const { ctx, actors } = testConsole
    const { id } = await registered(ctx, actors.viewer)
    await ctx.db.passkey.update({ where: { id }, data: { removedAt: ctx.clock() } })
    for (const { email } of [actors.auditor, actors.viewer]) {
      const started = await byPassword(email)
      expect(await isLive(started?.sessionId ?? '')).toBe(true)
      expect(await readOwingSession(ctx, started?.sessionId ?? '')).toBeNull()
    }
  })

  it.each([
    [false, true],
    [true, false],
  ])('at the identity provider asks for it only where the installation says so: %s', async (asked, live) => {
    const { ctx } = testConsole
    const person = { id: custodian().personId, name: custodian().name }
    const started = await inTransaction(ctx.db, (tx) =>
      startSession(ctx, tx, person, { ...PLACE, passkeyAfterProvider: asked }, 'oidc'),
    )
    expect(await isLive(started.sessionId)).toBe(live)
  })
})

describe('the passkey after the password', () => {
  it('opens the session under a new id, and what was known of the old one is worth nothing', async () => {
    const { ctx } = testConsole
    const actor = await owing()
    const { challengeId, options } = await begun(actor)
    expect(options).toMatchObject({
      rpId: PARTY.rpId,
      userVerification: 'required',
      allowCredentials: [{ id: mine.id }],
    })
    const answer = await pass(actor, challengeId, mine.use(options.challenge))
    if (!answer.ok) throw new Error(answer.error.message)
    const { sessionId } = answer.value
    expect(sessionId).not.toBe(actor.sessionId)
    expect(await isLive(sessionId)).toBe(true)
    expect([await isLive(actor.sessionId), await readOwingSession(ctx, actor.sessionId)]).toEqual([false, null])
    expect(await lastEvent('second-factor.passed')).toMatchObject({ sessionId, actorId: actor.personId })
    expect((await ctx.db.passkey.findUniqueOrThrow({ where: { id: mine.id } })).lastUsedAt).not.toBeNull()
  })

  it('passes once of twenty equal answers', async () => {
    const actor = await owing()
    const { challengeId, options } = await begun(actor)
    const response = mine.use(options.challenge)
    const answers = await Promise.all(Array.from({ length: 20 }, () => pass(actor, challengeId, response)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('names its owner where the authenticator says one', async () => {
    const handleOf = ({ personId }: Actor) => Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url')
    const actor = await owing()
    const other = await begun(actor)
    const stranger = handleOf(testConsole.actors.custodian2)
    const wrong = await pass(actor, other.challengeId, mine.use(other.options.challenge, { userHandle: stranger }))
    expect(wrong).toMatchObject({ ok: false })
    const { challengeId, options } = await begun(actor)
    const right = mine.use(options.challenge, { userHandle: handleOf(actor) })
    expect(await pass(actor, challengeId, right)).toMatchObject({ ok: true })
  })
})

describe('the second factor is refused and recorded', () => {
  it.each<[string, Partial<Told>, string]>([
    ['given at another origin', { origin: 'https://console-example.test' }, 'wrong-origin'],
    ['given in another site’s frame', { crossOrigin: true, topOrigin: 'https://evil.example' }, 'wrong-origin'],
    ['for another relying party', { rpId: 'evil.example' }, 'not-verified'],
    ['for another challenge', { challenge: 'AAAA' }, 'wrong-challenge'],
    ['that is a registration', { type: 'webauthn.create' }, 'wrong-ceremony'],
    ['without the user having been checked', { userVerified: false }, 'not-verified'],
    ['without anybody there', { userPresent: false }, 'not-verified'],
    ['of a passkey that has become another kind', { backupEligible: true }, 'counter-went-back'],
    ['counted backwards', { counter: 1 }, 'counter-went-back'],
    ['counted no more', { counter: 0 }, 'counter-went-back'],
  ])('%s', async (_title, lies, code) => {
    const actor = await owing()
    const { challengeId, options } = await begun(actor)
    const answer = await pass(actor, challengeId, mine.use(options.challenge, lies))
    expect(answer).toMatchObject({ error: { code: 'passkey-refused' } })
    expect(await lastEvent('second-factor.refused')).toMatchObject({ code, actorId: actor.personId })
    expect(await isLive(actor.sessionId)).toBe(false)
  })

  it('by another person’s passkey, under its own id and under one of mine', async () => {
    for (const id of [theirs.id, mine.id]) {
      const actor = await owing()
      const { challengeId, options } = await begun(actor)
      const answer = await pass(actor, challengeId, theirs.use(options.challenge, { id }))
      expect(answer).toMatchObject({ error: { code: 'passkey-refused' } })
    }
    expect(await lastEvent('second-factor.refused')).toMatchObject({ code: 'not-verified' })
  })

  it('by a passkey that was removed meanwhile', async () => {
    const { ctx } = testConsole
    const gone = await registered(ctx, custodian())
    const actor = await owing()
    const { challengeId, options } = await begun(actor)
    await ctx.db.passkey.update({ where: { id: gone.id }, data: { removedAt: ctx.clock() } })
    expect(await pass(actor, challengeId, gone.use(options.challenge))).toMatchObject({ ok: false })
    expect(await lastEvent('second-factor.refused')).toMatchObject({ code: 'unknown-passkey' })
  })

  it('when its answer is sent again, in this session or another', async () => {
    const [one, two] = [await owing(), await owing()]
    const first = await begun(one)
    const response = mine.use(first.options.challenge)
    // Another session's challenge, known by its id: not this one's, and still good for its own.
    expect(await pass(two, first.challengeId, response)).toMatchObject({ ok: false })
    expect(await pass(one, first.challengeId, response)).toMatchObject({ ok: true })
    const second = await begun(two)
    expect(await pass(two, second.challengeId, response)).toMatchObject({ ok: false })
    expect(await lastEvent('second-factor.refused')).toMatchObject({ code: 'wrong-challenge' })
  })

  it('by an answer to the challenge of a registration', async () => {
    const actor = await owing()
    const { challengeId, options } = await begun(actor)
    await testConsole.ctx.db.passkeyChallenge.update({ where: { id: challengeId }, data: { purpose: 'register' } })
    expect(await pass(actor, challengeId, mine.use(options.challenge))).toMatchObject({ ok: false })
    expect(await lastEvent('second-factor.refused')).toMatchObject({ code: 'not-waiting' })
  })

  it('when the challenge, the sign-in or the session is over', async () => {
    const { ctx } = testConsole
    const late = await owing()
    const lapsed = await begun(late)
    testConsole.advance(CHALLENGE_LASTS_MS)
    expect(await pass(late, lapsed.challengeId, mine.use(lapsed.options.challenge))).toMatchObject({ ok: false })
    testConsole.advance(-CHALLENGE_LASTS_MS)
    const changes = [{ endedAt: ctx.clock() }, { secondFactorUntil: ctx.clock() }, { secondFactorUntil: null }]
    for (const data of changes) {
      const actor = await owing()
      const { challengeId, options } = await begun(actor)
      await ctx.db.session.update({ where: { id: actor.sessionId }, data })
      expect(await pass(actor, challengeId, mine.use(options.challenge))).toMatchObject({ ok: false })
      expect(await lastEvent('second-factor.refused')).toMatchObject({ code: 'not-waiting' })
    }
  })

  it('beyond its allowance, which a stranger with the password can’t use up for its owner', async () => {
    const { ctx } = testConsole
    const [stranger, owner] = [await owing(), await owing()]
    const { burst } = ALLOWANCES['second-factor']
    const asked = await Promise.all(
      Array.from({ length: burst + 5 }, () => beginSecondFactor(ctx, stranger, { settings: SETTINGS })),
    )
    expect(asked.filter((answer) => !answer.ok && answer.error.code === 'rate-limited')).toHaveLength(5)
    const { challengeId, options } = await begun(owner)
    expect(await pass(owner, challengeId, mine.use(options.challenge))).toMatchObject({ ok: true })
  })
})

describe('a passkey that keeps no counter', () => {
  it('goes on with nought, and never falls back to it once it has counted', async () => {
    const actor = testConsole.actors.administrator
    const synced = await registered(testConsole.ctx, actor, zeroed())
    for (const [counter, passes] of [
      [0, true],
      [0, true],
      [7, true],
      [0, false],
      [7, false],
      [8, true],
    ] as const) {
      const session = await anotherSession(testConsole.ctx, actor, true)
      const { challengeId, options } = await begun(session)
      const answer = await pass(session, challengeId, synced.use(options.challenge, { counter }))
      expect(answer.ok, `counter ${counter}`).toBe(passes)
    }
  })
})

function zeroed(): SoftwareAuthenticator {
  const authenticator = softwareAuthenticator(PARTY)
  return { ...authenticator, register: (challenge) => authenticator.register(challenge, { counter: 0 }) }
}
