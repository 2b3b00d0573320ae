import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { readSession } from '../auth/read-session'
import { signIn } from '../auth/sign-in'
import type { Actor } from '../context'
import { confirm, idOf, newToken, seen } from '../proposals/testing/confirm'
import { withdrawProposal } from '../proposals/withdraw-proposal'
import { acceptInvitation, lookAtInvitation } from './accept-invitation'
import { disablePerson } from './disable-person'
import { getPerson } from './get-person'
import { listPeople } from './list-people'
import { proposeInvitation, proposeRoles } from './propose-for-person'
import { proposePerson } from './propose-person'

const PASSWORD = 'tulip anchor violet nine'
const address = '127.0.0.1'
let console_: TestConsole
let one: Actor
let two: Actor
beforeAll(async () => {
  console_ = await createTestConsole()
  one = console_.actors.administrator
  two = console_.actors.administrator2
})
afterAll(() => console_.close())

let count = 0
async function invited(): Promise<{ personId: string; email: string; token: string }> {
  count += 1
  const email = `person-${count}@example.test`
  const wish = { issuer: 'local', subject: null, name: `Robin Rook ${count}`, email, roles: ['viewer'] as const }
  const id = idOf(await proposePerson(console_.ctx, one, { ...wish, reason: 'Joins' }))
  const { token, sha256 } = newToken()
  const confirmed = await confirm(console_.ctx, two, id, sha256)
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return { personId: confirmed.value.subjectId, email, token }
}

describe('an invitation', () => {
  it('lets its person set a password, once, and then sign in', async () => {
    const { ctx } = console_
    const { personId, email, token } = await invited()
    const before = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
    expect(await signIn(ctx, { email, password: PASSWORD }, { address })).toBeNull()
    expect(await lookAtInvitation(ctx, { token })).toMatchObject({ ok: true, value: { email } })
    expect(await acceptInvitation(ctx, { token, password: PASSWORD })).toEqual({ ok: true, value: { email } })
    expect(await signIn(ctx, { email, password: PASSWORD }, { address })).toMatchObject({ personId })
    const after = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
    expect(after.changedAt.getTime()).toBeGreaterThan(before.changedAt.getTime())
    expect(await acceptInvitation(ctx, { token, password: 'quite another one 77' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await lookAtInvitation(ctx, { token })).toMatchObject({ error: { code: 'not-found' } })
    expect(await signIn(ctx, { email, password: PASSWORD }, { address })).not.toBeNull()
  })

  it('is used by one of two at the same moment', async () => {
    const { ctx } = console_
    const { email, token } = await invited()
    const passwords = ['tulip anchor violet nine', 'seven lanterns by a river']
    const answers = await Promise.all(passwords.map((password) => acceptInvitation(ctx, { token, password })))
    const won = answers.findIndex(({ ok }) => ok)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const [nth, password] of passwords.entries()) {
      expect((await signIn(ctx, { email, password }, { address })) !== null).toBe(nth === won)
    }
  })

  it('refuses weak passwords without being used up', async () => {
    const { ctx } = console_
    const { token } = await invited()
    for (const password of ['short', 'Password123456', 'robin rook was here']) {
      expect(await acceptInvitation(ctx, { token, password })).toMatchObject({
        error: { code: 'invalid-input', fields: { password: expect.any(String) } },
      })
    }
    expect(await acceptInvitation(ctx, { token, password: PASSWORD })).toMatchObject({ ok: true })
  })

  it('lapses after 72 hours, is unknown when guessed, and is void when a later one or a closed account takes its place', async () => {
    const { ctx } = console_
    const late = { ...ctx, clock: () => new Date(Date.now() + 72 * 3_600_000 + 1_000) }
    const refused = { error: { code: 'not-found' } }
    const first = await invited()
    expect(await acceptInvitation(late, { token: first.token, password: PASSWORD })).toMatchObject(refused)
    expect(await acceptInvitation(ctx, { token: newToken().token, password: PASSWORD })).toMatchObject(refused)
    const again = idOf(await proposeInvitation(ctx, one, { personId: first.personId, reason: 'Lost the link' }))
    const next = newToken()
    expect(await confirm(ctx, two, again, next.sha256)).toMatchObject({ ok: true })
    expect(await acceptInvitation(ctx, { token: first.token, password: PASSWORD })).toMatchObject(refused)
    await disablePerson(ctx, one, { personId: first.personId, reason: 'Left', acknowledged: false })
    expect(await acceptInvitation(ctx, { token: next.token, password: PASSWORD })).toMatchObject(refused)
  })

  it('leaves no trace of its token or of the password in the database', async () => {
    const { ctx } = console_
    const { token } = await invited()
    await acceptInvitation(ctx, { token, password: PASSWORD })
    const tables = await ctx.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`
    expect(tables.length).toBeGreaterThan(20)
    for (const { name } of tables) {
      const rows = await ctx.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`)
      for (const { row } of rows) {
        expect(row).not.toContain(token)
        expect(row).not.toContain(PASSWORD)
      }
    }
  })
})

describe('closing an account', () => {
  it('takes one administrator, ends every session at once, and is not undone alone', async () => {
    const { ctx } = console_
    const { personId } = await invited()
    const now = ctx.clock()
    const sessionId = randomUUID()
    const expiresAt = new Date(now.getTime() + 3_600_000)
    await ctx.db.session.create({ data: { id: sessionId, personId, createdAt: now, lastUseAt: now, expiresAt } })
    const wish = { personId, reason: 'Left the company', acknowledged: false }
    expect(await disablePerson(ctx, one, wish)).toMatchObject({ ok: true })
    expect(await readSession(ctx, sessionId)).toBeNull()
    const session = await ctx.db.session.findUniqueOrThrow({ where: { id: sessionId } })
    expect(session).toMatchObject({ endedBecause: 'disabled', endedById: one.personId })
    expect(await getPerson(ctx, one, personId)).toMatchObject({ state: 'closed', openSessions: 0 })
    expect(await disablePerson(ctx, two, wish)).toMatchObject({ error: { code: 'already-so' } })
    const event = await ctx.db.auditEvent.findFirstOrThrow({
      where: { type: 'person.disabled' },
      orderBy: { id: 'desc' },
    })
    expect(event).toMatchObject({ actorId: one.personId, details: { personId, sessions: 1, reason: wish.reason } })
  })

  it('is for administrators, never for oneself, and needs a reason', async () => {
    const { ctx, actors } = console_
    const { personId } = await invited()
    const wish = { personId, reason: 'x', acknowledged: true }
    for (const name of ['custodian', 'auditor', 'viewer'] as const) {
      expect(await disablePerson(ctx, actors[name], wish)).toMatchObject({ error: { code: 'not-permitted' } })
    }
    const own = { ...wish, personId: one.personId }
    expect(await disablePerson(ctx, one, own)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await disablePerson(ctx, one, { ...wish, reason: ' ' })).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await disablePerson(ctx, one, { ...wish, personId: randomUUID() })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('warns where one administrator would be left, and leaves one even when two close each other at once', async () => {
    const own = await createTestConsole()
    const { administrator, administrator2 } = own.actors
    const wish = { personId: administrator2.personId, reason: 'Compromised', acknowledged: false }
    expect(await disablePerson(own.ctx, administrator, wish)).toMatchObject({
      error: { code: 'warnings-not-acknowledged' },
    })
    const answers = await Promise.all([
      disablePerson(own.ctx, administrator, { ...wish, acknowledged: true }),
      disablePerson(own.ctx, administrator2, { ...wish, personId: administrator.personId, acknowledged: true }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const open = { disabledAt: null, roles: { some: { role: 'administrator' as const } } }
    expect(await own.ctx.db.person.count({ where: open })).toBe(1)
    await own.close()
  })

  it('keeps what the closed administrator proposed from being confirmed', async () => {
    const { ctx } = console_
    const third = await invited()
    const promotion = { personId: third.personId, roles: ['administrator'] as const, reason: 'Third' }
    await confirm(ctx, two, idOf(await proposeRoles(ctx, one, promotion)))
    const row = await ctx.db.person.findUniqueOrThrow({ where: { id: third.personId } })
    const administrator3: Actor = { ...one, personId: row.id, name: row.name, email: row.email, subject: row.subject }
    const target = await invited()
    const wish = { personId: target.personId, roles: ['auditor'] as const, reason: 'Mine' }
    const id = idOf(await proposeRoles(ctx, administrator3, wish))
    await disablePerson(ctx, one, { personId: row.id, reason: 'Compromised', acknowledged: false })
    expect(await confirm(ctx, two, id)).toMatchObject({ error: { code: 'proposal-changed' } })
    // The closed one's own request, begun before: nothing of it goes through either.
    expect(await withdrawProposal(ctx, administrator3, await seen(ctx, id))).toMatchObject({ ok: false })
    expect(await proposeRoles(ctx, administrator3, wish)).toMatchObject({ error: { code: 'signed-out' } })
  })
})

describe('the list of people', () => {
  it('tells who was invited and has not come yet', async () => {
    const { ctx } = console_
    const { personId, token } = await invited()
    const stateOf = async () => (await listPeople(ctx, one)).find(({ id }) => id === personId)?.state
    expect(await stateOf()).toBe('invited')
    await acceptInvitation(ctx, { token, password: PASSWORD })
    expect(await stateOf()).toBe('open')
  })
})
