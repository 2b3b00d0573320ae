import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { type HostileProvider, startHostileProvider } from '@/lib/testing/oidc/hostile-provider'
import type { Actor, Context } from '../context'
import { askStepUp } from '../step-up/ask-step-up'
import { beginStepUp } from './begin-step-up'
import { finishStepUp } from './finish-step-up'
import type { StepUpFlow } from './flow'
import { CLOCK_TOLERANCE_MS } from './freshness'
import { createOidcProvider, type OidcProvider } from './provider'

let database: TestDatabase
let hostile: HostileProvider
let provider: OidcProvider
let ctx: Context

beforeAll(async () => {
  ;[database, hostile] = await Promise.all([createTestDatabase(), startHostileProvider()])
  const settings = { issuer: hostile.issuer, clientId: 'console', clientSecret: 'x', name: 'P', scopes: 'openid' }
  const callback = 'https://console.example.com/api/auth/oidc/callback'
  provider = createOidcProvider({ ...settings, clientAuth: undefined, mapping: undefined }, callback)
  const unused = () => {
    throw new Error('a step-up needs neither vault nor jobs')
  }
  ctx = {
    db: database.db,
    channels: [],
    clock: () => new Date(),
    newId: () => randomUUID(),
    provider: unused,
    jobs: { send: unused },
  }
})
afterAll(async () => {
  await hostile.close()
  await database.drop()
})

/** Somebody with a session; each test has its own, so that no allowance is shared. */
async function somebody(issuer = hostile.issuer): Promise<Actor> {
  const [personId, sessionId, subject, at] = [randomUUID(), randomUUID(), randomUUID(), new Date()]
  const expiresAt = new Date(at.getTime() + 3_600_000)
  await database.db.person.create({
    data: {
      id: personId,
      issuer,
      subject,
      name: 'Ada',
      email: '',
      createdAt: at,
      changedAt: at,
      roles: { create: { role: 'custodian', grantedAt: at } },
      sessions: { create: { id: sessionId, createdAt: at, lastUseAt: at, expiresAt, method: 'oidc' } },
    },
  })
  return { personId, issuer, subject, name: 'Ada', email: '', roles: ['custodian'], sessionId }
}

async function ask(actor: Actor, action = 'keks.create'): Promise<string> {
  const asked = await askStepUp(ctx, actor, { action, paramsSha256: '0'.repeat(64) })
  if (!asked) throw new Error('nothing was asked')
  return asked.id
}

async function begin(actor: Actor, stepUpId: string): Promise<StepUpFlow> {
  const begun = await beginStepUp(ctx, actor, provider, stepUpId)
  if (!begun.ok) throw new Error(begun.error)
  expect(Object.fromEntries(begun.value.url.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
  return begun.value.flow
}

const seconds = (date = new Date()) => Math.floor(date.getTime() / 1000)

/** The provider's answer to that flow, as it should be but for what a test says otherwise. */
function finish(actor: Actor, flow: StepUpFlow, claims: JWTPayload = {}) {
  const { nonce, state } = flow.checks
  hostile.next({ claims: { nonce, sub: actor.subject, auth_time: seconds(), ...claims } })
  return finishStepUp(ctx, actor, provider, { answer: new URLSearchParams({ code: 'a-code', state }), flow })
}

const isPassed = async (id: string) => (await database.db.stepUp.findUniqueOrThrow({ where: { id } })).passedAt !== null
const eventsOf = (actor: Actor) =>
  database.db.auditEvent.findMany({ where: { sessionId: actor.sessionId }, orderBy: { id: 'asc' } })

/** Refused by this code, recorded so, and nothing was passed. */
async function expectRefused(actor: Actor, stepUpId: string, answered: ReturnType<typeof finish>, code: string) {
  expect(await answered).toEqual({ ok: false, error: code })
  expect(await isPassed(stepUpId)).toBe(false)
  expect((await eventsOf(actor)).at(-1)).toMatchObject({ type: 'step-up.refused', code, details: { method: 'oidc' } })
}

describe('a fresh sign-in at the provider', () => {
  it('of the same person confirms the act it was asked for, and is recorded', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    expect(await finish(actor, await begin(actor, id))).toEqual({ ok: true, value: undefined })
    expect(await database.db.stepUp.findUnique({ where: { id } })).toMatchObject({ method: 'oidc', challenge: null })
    expect(await isPassed(id)).toBe(true)
    expect(await eventsOf(actor)).toMatchObject([
      { type: 'step-up.passed', details: { action: 'keks.create', method: 'oidc' } },
    ])
  })

  it('a few seconds before, by a clock that is not ours, is fresh', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const before = seconds(new Date(Date.now() - CLOCK_TOLERANCE_MS + 3_000))
    expect((await finish(actor, await begin(actor, id), { auth_time: before })).ok).toBe(true)
  })

  it.each<[string, JWTPayload, string]>([
    ['of somebody else', { sub: 'somebody-else' }, 'another-person'],
    ['of nobody knows when', { auth_time: undefined }, 'auth-time-missing'],
    ['of an hour ago', { auth_time: seconds() - 3_600 }, 'auth-time-stale'],
    ['of just before the tolerance', { auth_time: seconds() - CLOCK_TOLERANCE_MS / 1000 - 2 }, 'auth-time-stale'],
    ['of an hour ahead', { auth_time: seconds() + 3_600 }, 'clock-differs'],
    ['for another nonce', { nonce: 'another' }, 'answer-refused'],
    ['for another client', { aud: 'another' }, 'answer-refused'],
    ['of another issuer', { iss: 'https://another.example.com' }, 'answer-refused'],
  ])('%s confirms nothing', async (_title, claims, code) => {
    const actor = await somebody()
    const id = await ask(actor)
    const flow = await begin(actor, id)
    await expectRefused(actor, id, finish(actor, flow, claims), code)
  })

  it('serves once: the same answer confirms nothing again, not even after a refusal', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const flow = await begin(actor, id)
    await expectRefused(actor, id, finish(actor, flow, { auth_time: undefined }), 'auth-time-missing')
    await expectRefused(actor, id, finish(actor, flow), 'step-up-gone')
  })

  it('with the state of another act confirms neither', async () => {
    const actor = await somebody()
    const [one, two] = [await ask(actor, 'keks.create'), await ask(actor, 'imports.submit')]
    const [first] = [await begin(actor, one), await begin(actor, two)]
    await expectRefused(actor, two, finish(actor, { ...first, stepUpId: two }), 'step-up-gone')
    expect(await isPassed(one)).toBe(false)
  })

  it('with a state that was begun anew since confirms nothing', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const [older, newer] = [await begin(actor, id), await begin(actor, id)]
    await expectRefused(actor, id, finish(actor, older), 'step-up-gone')
    expect((await finish(actor, newer)).ok).toBe(true)
  })

  it('in another session of the same person confirms nothing in either', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const flow = await begin(actor, id)
    const now = new Date()
    const other = { ...actor, sessionId: randomUUID() }
    await database.db.session.create({
      data: {
        id: other.sessionId,
        personId: actor.personId,
        createdAt: now,
        lastUseAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      },
    })
    await expectRefused(other, id, finish(other, flow), 'step-up-gone')
    await expectRefused(other, id, finish(other, { ...flow, sessionId: other.sessionId }), 'step-up-gone')
  })

  it('twenty times at once confirms once', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const flow = await begin(actor, id)
    const answers = await Promise.all(Array.from({ length: 20 }, () => finish(actor, flow)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await eventsOf(actor)).filter(({ type }) => type === 'step-up.passed')).toHaveLength(1)
  })
})

describe('a fresh sign-in is not begun', () => {
  it('for somebody else’s act', async () => {
    const id = await ask(await somebody())
    expect(await beginStepUp(ctx, await somebody(), provider, id)).toEqual({ ok: false, error: 'step-up-gone' })
  })

  it('for a person of this installation, who has no account at the provider', async () => {
    const actor = await somebody('local')
    expect(await beginStepUp(ctx, actor, provider, await ask(actor))).toEqual({ ok: false, error: 'step-up-gone' })
  })

  it('for what was confirmed already', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    await finish(actor, await begin(actor, id))
    expect(await beginStepUp(ctx, actor, provider, id)).toEqual({ ok: false, error: 'step-up-gone' })
  })

  it('over and over', async () => {
    const actor = await somebody()
    const id = await ask(actor)
    const begun: boolean[] = []
    for (let n = 0; n < 8; n += 1) begun.push((await beginStepUp(ctx, actor, provider, id)).ok)
    expect(begun.filter(Boolean).length).toBeLessThan(8)
    expect(await beginStepUp(ctx, actor, provider, id)).toEqual({ ok: false, error: 'rate-limited' })
  })
})
