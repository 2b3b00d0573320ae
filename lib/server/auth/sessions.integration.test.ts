import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { endOtherSessions, endSession } from './end-session'
import { extendSession } from './extend-session'
import { listSessions } from './list-sessions'
import { hashPassword } from './password'
import { readSession } from './read-session'
import { ABSOLUTE_MS, IDLE_MS } from './session-clock'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

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

const isLive = async (sessionId: string) => (await readSession(testConsole.ctx, sessionId)) !== null

/** The custodian, in this session. */
const inSession = (sessionId: string) => ({ ...testConsole.actors.custodian, sessionId })
const touch = (sessionId: string) => extendSession(testConsole.ctx, inSession(sessionId))

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
      // Of the processor, not of the clock: what else this machine does is no part of it.
      const before = process.cpuUsage()
      for (let i = 0; i < 5; i += 1) await signIn(testConsole.ctx, { email, password: 'wrong' }, somewhere())
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    await time(EMAIL)
    const [known, unknown] = [await time(EMAIL), await time('nobody@example.test')]
    // Without the work it would be a twentieth.
    expect(unknown).toBeGreaterThan(known / 3)
  })
})

describe('signing in anew in the same browser', () => {
  const again = async (sessionBefore: string | null, password = PASSWORD) => {
    const started = await signIn(testConsole.ctx, { email: EMAIL, password }, { ...somewhere(), sessionBefore })
    return started?.sessionId
  }
  const endings = (sessionId: string) =>
    testConsole.ctx.db.auditEvent.findMany({ where: { type: 'session.ended', sessionId } })

  it('ends the session that it had, on the record, and leaves those of other browsers', async () => {
    const [before, elsewhere] = [await startedSession(), await startedSession()]
    const now = await again(before)
    expect(await isLive(now ?? '')).toBe(true)
    expect(await isLive(before)).toBe(false)
    expect(await isLive(elsewhere)).toBe(true)
    expect(await endings(before)).toMatchObject([{ details: { because: 'new-sign-in', session: before } }])
  })

  it('ends nothing by a wrong password, and records no end of one that was over already', async () => {
    const before = await startedSession()
    expect(await again(before, 'wrong')).toBeUndefined()
    expect(await isLive(before)).toBe(true)
    testConsole.advance(IDLE_MS)
    expect(await again(before)).toBeDefined()
    expect(await endings(before)).toEqual([])
    testConsole.advance(-IDLE_MS)
  })

  it('ends the session of whoever it was', async () => {
    const { ctx, actors } = testConsole
    const { sessionId } = actors.auditor
    expect(await isLive(sessionId)).toBe(true)
    expect(await again(sessionId)).toBeDefined()
    expect(await isLive(sessionId)).toBe(false)
    const [ended] = await endings(sessionId)
    expect(ended).toMatchObject({ actorId: actors.auditor.personId })
    await ctx.db.session.update({ where: { id: sessionId }, data: { endedAt: null, endedBecause: null } })
  })
})

describe('a session', () => {
  it('ends at once, and is recorded as ended once', async () => {
    const { ctx } = testConsole
    const sessionId = await startedSession()
    expect(await isLive(sessionId)).toBe(true)
    await Promise.all([signOut(ctx, sessionId), signOut(ctx, sessionId)])
    expect(await isLive(sessionId)).toBe(false)
    expect(await ctx.db.auditEvent.count({ where: { sessionId, type: 'session.ended' } })).toBe(1)
  })

  it('lapses when idle, however often it is read meanwhile', async () => {
    const sessionId = await startedSession()
    const step = 60_000
    for (let passed = step; passed < IDLE_MS; passed += step) {
      testConsole.advance(step)
      expect(await isLive(sessionId)).toBe(true)
    }
    testConsole.advance(step)
    expect(await isLive(sessionId)).toBe(false)
    testConsole.advance(-IDLE_MS)
  })

  it('goes on while its officer touches the page, but never past its absolute end', async () => {
    const sessionId = await startedSession()
    const step = IDLE_MS - 60_000
    let passed = 0
    for (; passed + step < ABSOLUTE_MS; passed += step) {
      testConsole.advance(step)
      expect(await touch(sessionId)).not.toBeNull()
    }
    testConsole.advance(step)
    expect(await touch(sessionId)).toBeNull()
    expect(await isLive(sessionId)).toBe(false)
    testConsole.advance(-passed - step)
  })

  it('that has lapsed or ended is not brought back by a touch', async () => {
    const [lapsed, ended] = [await startedSession(), await startedSession()]
    await signOut(testConsole.ctx, ended)
    testConsole.advance(IDLE_MS)
    expect([await touch(lapsed), await touch(ended)]).toEqual([null, null])
    testConsole.advance(-IDLE_MS)
    expect(await isLive(ended)).toBe(false)
  })

  it('that still owes its second factor opens nothing, and a touch does not change that', async () => {
    const { ctx } = testConsole
    const sessionId = await startedSession()
    const secondFactorUntil = new Date(ctx.clock().getTime() + 60_000)
    await ctx.db.session.update({ where: { id: sessionId }, data: { secondFactorUntil } })
    expect(await isLive(sessionId)).toBe(false)
    expect(await touch(sessionId)).toBeNull()
    await ctx.db.session.update({ where: { id: sessionId }, data: { secondFactorUntil: null } })
    expect(await isLive(sessionId)).toBe(true)
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

describe('the list of sessions', () => {
  it('is one’s own, says which asks, and holds none that is over', async () => {
    const { ctx, actors } = testConsole
    const place = { address: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' }
    const started = await signIn(ctx, { email: EMAIL, password: PASSWORD }, place)
    const over = await startedSession()
    await signOut(ctx, over)
    const listed = await listSessions(ctx, inSession(started?.sessionId ?? ''), actors.custodian.personId)
    const sessions = listed.ok ? listed.value : []
    expect(sessions.filter(({ current }) => current)).toMatchObject([
      { id: started?.sessionId, device: 'Firefox 140 on Linux', address: place.address, method: 'password' },
    ])
    expect(sessions.map(({ id }) => id)).not.toContain(over)
  })

  it('of another is for administrators alone, and so is ending one of it', async () => {
    const { ctx, actors } = testConsole
    const sessionId = await startedSession()
    for (const person of ['custodian2', 'auditor', 'viewer'] as const) {
      const refused = { ok: false, error: { code: 'not-permitted' } }
      expect(await listSessions(ctx, actors[person], actors.custodian.personId)).toMatchObject(refused)
      expect(await endSession(ctx, actors[person], { sessionId })).toMatchObject(refused)
      // An id that nobody has is refused alike.
      expect(await endSession(ctx, actors[person], { sessionId: crypto.randomUUID() })).toMatchObject(refused)
    }
    expect(await isLive(sessionId)).toBe(true)
    expect(await listSessions(ctx, actors.administrator, actors.custodian.personId)).toMatchObject({ ok: true })
    expect(await endSession(ctx, actors.administrator, { sessionId })).toEqual({ ok: true, value: { ended: 1 } })
    expect(await isLive(sessionId)).toBe(false)
    const row = await ctx.db.session.findUniqueOrThrow({ where: { id: sessionId } })
    expect(row).toMatchObject({ endedBecause: 'administrator', endedById: actors.administrator.personId })
    const [event] = await ctx.db.auditEvent.findMany({
      where: { type: 'session.ended' },
      orderBy: { id: 'desc' },
      take: 1,
    })
    expect(event).toMatchObject({ actorId: actors.administrator.personId, details: { because: 'administrator' } })
  })

  it('is emptied of all others at once, and of nobody else’s', async () => {
    const { ctx, actors } = testConsole
    const [kept, other, another] = [await startedSession(), await startedSession(), await startedSession()]
    expect(await endOtherSessions(ctx, inSession(kept))).toMatchObject({ ok: true })
    expect([await isLive(kept), await isLive(other), await isLive(another)]).toEqual([true, false, false])
    expect(await isLive(actors.custodian2.sessionId)).toBe(true)
  })
})
