import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { endSession } from './end-session'
import { hashPassword } from './password'
import { readSession } from './read-session'
import { ABSOLUTE_MS, IDLE_MS } from './session-clock'
import { signIn } from './sign-in'

const PASSWORD = 'correct horse battery staple'
const EMAIL = 'custodian@example.test'

let places = 0
/** Each attempt from somewhere else: limits have tests of their own. */
const somewhere = () => {
  places += 1
  return { address: `10.0.${places >> 8}.${places & 255}` }
}

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { ctx, actors } = testConsole
  const passwordHash = await hashPassword(PASSWORD)
  await ctx.db.person.update({ where: { id: actors.custodian.personId }, data: { passwordHash } })
})
afterAll(() => testConsole.close())

async function startedSession(): Promise<string> {
  const started = await signIn(testConsole.ctx, { email: EMAIL, password: PASSWORD }, somewhere())
  if (!started) throw new Error('not signed in')
  return started.sessionId
}

const isLive = async (sessionId: string, countsAsUse = false) =>
  (await readSession(testConsole.ctx, sessionId, { countsAsUse })) !== null

describe('signing in', () => {
  it('starts a recorded session for the right password, however the e-mail is written', async () => {
    const { ctx, actors } = testConsole
    const started = await signIn(ctx, { email: ' Custodian@Example.test ', password: PASSWORD }, somewhere())
    expect(started?.personId).toBe(actors.custodian.personId)
    const events = await ctx.db.auditEvent.findMany({ where: { sessionId: started?.sessionId ?? '' } })
    expect(events).toMatchObject([{ type: 'session.started', actorId: actors.custodian.personId }])
  })

  it.each([
    ['a wrong password', { email: EMAIL, password: 'wrong' }],
    ['an unknown e-mail', { email: 'nobody@example.test', password: PASSWORD }],
    ['a pattern instead of an e-mail', { email: 'custodian@example.t%', password: PASSWORD }],
    ['a person without a password', { email: 'auditor@example.test', password: PASSWORD }],
  ])('answers %s alike, and records it without what was typed', async (_title, credentials) => {
    const { ctx } = testConsole
    const before = await ctx.db.auditEvent.count({ where: { type: 'sign-in.refused' } })
    expect(await signIn(ctx, credentials, somewhere())).toBeNull()
    const events = await ctx.db.auditEvent.findMany({ where: { type: 'sign-in.refused' }, orderBy: { id: 'desc' } })
    expect(events.length - before).toBe(1)
    expect(JSON.stringify(events[0]?.details)).not.toContain(credentials.password)
    expect(JSON.stringify(events[0]?.details)).not.toContain(credentials.email)
  })

  it.each([[{}], [null], [{ email: EMAIL }], [{ email: EMAIL, password: 'x'.repeat(300) }]])(
    'refuses %j',
    async (given) => {
      expect(await signIn(testConsole.ctx, given, somewhere())).toBeNull()
    },
  )

  it('does the same work for an e-mail that nobody has', async () => {
    const time = async (email: string) => {
      const startedAt = performance.now()
      for (let i = 0; i < 5; i += 1) await signIn(testConsole.ctx, { email, password: 'wrong' }, somewhere())
      return performance.now() - startedAt
    }
    await time(EMAIL)
    const [known, unknown] = [await time(EMAIL), await time('nobody@example.test')]
    // Without the work it would be a twentieth; a busy machine may still double either.
    expect(unknown).toBeGreaterThan(known / 3)
  })
})

describe('a session', () => {
  it('ends at once, and is recorded as ended once', async () => {
    const { ctx } = testConsole
    const sessionId = await startedSession()
    expect(await isLive(sessionId)).toBe(true)
    await Promise.all([endSession(ctx, sessionId), endSession(ctx, sessionId)])
    expect(await isLive(sessionId)).toBe(false)
    expect(await ctx.db.auditEvent.count({ where: { sessionId, type: 'session.ended' } })).toBe(1)
  })

  it('lapses when idle, and polling does not keep it alive', async () => {
    const sessionId = await startedSession()
    testConsole.advance(IDLE_MS - 60_000)
    expect(await isLive(sessionId, false)).toBe(true)
    testConsole.advance(60_000)
    expect(await isLive(sessionId, false)).toBe(false)
    testConsole.advance(-IDLE_MS)
  })

  it('goes on while it is used, but never past its absolute end', async () => {
    const sessionId = await startedSession()
    const step = IDLE_MS - 60_000
    let passed = 0
    for (; passed + step < ABSOLUTE_MS; passed += step) {
      testConsole.advance(step)
      expect(await isLive(sessionId, true)).toBe(true)
    }
    testConsole.advance(step)
    expect(await isLive(sessionId, true)).toBe(false)
    testConsole.advance(-passed - step)
  })

  it('of somebody disabled is no session on the next request', async () => {
    const { ctx, actors } = testConsole
    const sessionId = await startedSession()
    const where = { id: actors.custodian.personId }
    await ctx.db.person.update({ where, data: { disabledAt: ctx.clock() } })
    expect(await isLive(sessionId)).toBe(false)
    expect(await signIn(ctx, { email: EMAIL, password: PASSWORD }, somewhere())).toBeNull()
    await ctx.db.person.update({ where, data: { disabledAt: null } })
  })
})
