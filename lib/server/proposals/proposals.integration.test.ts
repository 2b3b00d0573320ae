import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '@/lib/domain/people/roles'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { readSession } from '../auth/read-session'
import type { Actor } from '../context'
import { proposeEnable, proposeInvitation, proposeRoles } from '../people/propose-for-person'
import { type NewPerson, proposePerson } from '../people/propose-person'
import { confirmProposal } from './confirm-proposal'
import { getProposal } from './get-proposal'
import { refuseProposal } from './refuse-proposal'
import { confirm, idOf, newToken, seen } from './testing/confirm'
import { withdrawProposal } from './withdraw-proposal'

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
const somebody = (more: Partial<NewPerson> = {}): NewPerson => {
  count += 1
  const email = `new-${count}@example.test`
  return { issuer: 'local', subject: null, name: `New ${count}`, email, roles: ['viewer'], reason: 'Joins', ...more }
}

/** Made by the two administrators. */
async function makePerson(roles: Role[] = ['viewer']): Promise<string> {
  const { ctx } = console_
  const id = idOf(await proposePerson(ctx, one, somebody({ roles })))
  const confirmed = await confirm(ctx, two, id, newToken().sha256)
  if (!confirmed.ok) throw new Error(confirmed.error.code)
  return confirmed.value.subjectId
}

const rolesOf = async (personId: string) =>
  (await console_.ctx.db.personRole.findMany({ where: { personId } })).map(({ role }) => role).sort()
const eventsOf = async (proposalId: string) =>
  (await console_.ctx.db.auditEvent.findMany({ orderBy: { id: 'asc' } }))
    .filter(({ details }) => JSON.stringify(details).includes(proposalId))
    .map(({ type, actorId }) => [type, actorId])

describe('a new person', () => {
  it('is made by the confirmation of another administrator, with both in the record', async () => {
    const { ctx } = console_
    const wish = somebody({ roles: ['approver', 'custodian'] })
    const id = idOf(await proposePerson(ctx, one, wish))
    expect(await ctx.db.person.count({ where: { email: wish.email } })).toBe(0)
    const { sha256 } = newToken()
    expect(await confirm(ctx, two, id, sha256)).toMatchObject({ ok: true, value: { kind: 'create_person' } })
    const person = await ctx.db.person.findFirstOrThrow({
      where: { email: wish.email },
      include: { invitations: true },
    })
    expect(person).toMatchObject({ issuer: 'local', subject: wish.email, passwordHash: null, disabledAt: null })
    expect(person.changedAt).toEqual(person.createdAt)
    expect(await rolesOf(person.id)).toEqual(['approver', 'custodian'])
    expect(person.invitations).toMatchObject([{ tokenSha256: sha256, proposalId: id, usedAt: null }])
    expect(await eventsOf(id)).toEqual([
      ['proposal.made', one.personId],
      ['proposal.confirmed', two.personId],
      ['person.created', two.personId],
      ['person.invited', two.personId],
    ])
  })

  it('of an identity provider needs no invitation', async () => {
    const { ctx } = console_
    const wish = somebody({ issuer: 'https://login.example.test', subject: 'abc-123' })
    const id = idOf(await proposePerson(ctx, one, wish))
    const confirmed = await confirm(ctx, two, id)
    expect(confirmed).toMatchObject({ ok: true })
    const where = { issuer_subject: { issuer: wish.issuer, subject: 'abc-123' } }
    const person = await ctx.db.person.findUniqueOrThrow({ where, include: { invitations: true } })
    expect(person.invitations).toEqual([])
    expect(await proposePerson(ctx, one, wish)).toMatchObject({ error: { fields: { subject: expect.any(String) } } })
  })

  it('is refused without the invitation’s digest, and nothing of it stays', async () => {
    const { ctx } = console_
    const wish = somebody()
    const id = idOf(await proposePerson(ctx, one, wish))
    expect(await confirm(ctx, two, id)).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await ctx.db.person.count({ where: { email: wish.email } })).toBe(0)
    expect(await ctx.db.proposal.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'waiting', revision: 0 })
    expect(await confirm(ctx, two, id, newToken().sha256)).toMatchObject({ ok: true })
  })

  it.each([
    ['an administrator who is custodian', { roles: ['administrator', 'custodian'] }, 'roles-exclusive'],
    ['an administrator who is approver', { roles: ['approver', 'auditor', 'administrator'] }, 'roles-exclusive'],
    ['nobody’s role', { roles: [] }, 'invalid-input'],
    ['no reason', { reason: '  ' }, 'invalid-input'],
  ] as const)('is not proposed with %s', async (_, more, code) => {
    expect(await proposePerson(console_.ctx, one, somebody(more))).toMatchObject({ error: { code } })
  })

  it('is not proposed under an e-mail that somebody signs in with, in whatever case', async () => {
    const { ctx } = console_
    const wish = somebody()
    idOf(await proposePerson(ctx, one, wish))
    expect(await proposePerson(ctx, two, somebody({ email: wish.email.toUpperCase() }))).toMatchObject({
      error: { code: 'already-so' },
    })
    const { email } = console_.actors.viewer
    expect(await proposePerson(ctx, one, somebody({ email: email.toUpperCase() }))).toMatchObject({
      error: { code: 'invalid-input', fields: { email: expect.any(String) } },
    })
  })

  it('is one person when two propose the same at once', async () => {
    const { ctx } = console_
    const wish = somebody()
    const answers = await Promise.all([proposePerson(ctx, one, wish), proposePerson(ctx, two, wish)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('who may', () => {
  it('is administrators only, and the raw service asks by itself', async () => {
    const { ctx, actors } = console_
    const id = idOf(await proposePerson(ctx, one, somebody()))
    for (const name of ['custodian', 'auditor', 'viewer'] as const) {
      const actor = actors[name]
      expect(await proposePerson(ctx, actor, somebody())).toMatchObject({ error: { code: 'not-permitted' } })
      expect(await confirm(ctx, actor, id)).toMatchObject({ error: { code: 'not-permitted' } })
      const input = { ...(await seen(ctx, id)), reason: 'No' }
      expect(await refuseProposal(ctx, actor, input)).toMatchObject({ error: { code: 'not-permitted' } })
      expect(await withdrawProposal(ctx, actor, input)).toMatchObject({ error: { code: 'not-permitted' } })
    }
  })

  it('is never the proposer, from whatever session, and never for the permission the request began with', async () => {
    const { ctx } = console_
    const id = idOf(await proposePerson(ctx, one, somebody()))
    const { sha256 } = newToken()
    expect(await confirm(ctx, { ...one, sessionId: randomUUID() }, id, sha256)).toMatchObject({
      error: { code: 'own-proposal' },
    })
    // As if the roles had been read before they were taken away.
    const stale: Actor = { ...console_.actors.viewer, roles: ['administrator'] }
    expect(await confirm(ctx, stale, id, sha256)).toMatchObject({ error: { code: 'not-permitted' } })
  })

  it('is never another account of the proposer, and it is told so', async () => {
    const { ctx } = console_
    const personId = await makePerson(['administrator'])
    await ctx.db.person.update({ where: { id: personId }, data: { email: one.email.toUpperCase(), name: 'Twin' } })
    const twin: Actor = { ...one, personId, sessionId: randomUUID() }
    const id = idOf(await proposePerson(ctx, one, somebody()))
    expect(await confirm(ctx, twin, id)).toMatchObject({ error: { code: 'own-proposal' } })
    expect((await getProposal(ctx, twin, id))?.cannotConfirm).toMatch(/^You proposed this/)
    expect((await getProposal(ctx, two, id))?.otherDeciders).not.toContain('Twin')
    await withdrawProposal(ctx, one, await seen(ctx, id))
    await ctx.db.person.update({ where: { id: personId }, data: { disabledAt: ctx.clock() } })
  })

  it('is never the person it is about', async () => {
    const { ctx } = console_
    const id = idOf(
      await proposeRoles(ctx, one, { personId: two.personId, roles: ['viewer', 'administrator'], reason: 'Sees' }),
    )
    expect(await confirm(ctx, two, id)).toMatchObject({ error: { code: 'own-proposal' } })
    await withdrawProposal(ctx, one, await seen(ctx, id))
  })

  it('is nobody for an id that is not there, or with another hash than the proposal’s', async () => {
    const { ctx } = console_
    const reason = 'x'
    const nothing = { proposalId: randomUUID(), revision: 0, frozenSha256: '0'.repeat(64) }
    expect(await confirmProposal(ctx, two, { ...nothing, reason, invitationSha256: null })).toMatchObject({
      error: { code: 'not-found' },
    })
    const id = idOf(await proposePerson(ctx, one, somebody()))
    const other = {
      ...(await seen(ctx, id)),
      frozenSha256: '0'.repeat(64),
      reason,
      invitationSha256: newToken().sha256,
    }
    expect(await confirmProposal(ctx, two, other)).toMatchObject({ error: { code: 'proposal-changed' } })
  })
})

describe('a proposal', () => {
  it('is confirmed once: a replay finds it decided', async () => {
    const { ctx } = console_
    const id = idOf(await proposePerson(ctx, one, somebody()))
    const input = { ...(await seen(ctx, id)), reason: 'Yes', invitationSha256: newToken().sha256 }
    expect(await confirmProposal(ctx, two, input)).toMatchObject({ ok: true })
    expect(await confirmProposal(ctx, two, input)).toMatchObject({ error: { code: 'not-waiting' } })
  })

  it('ends once, and applies once, when confirmations and refusals race', async () => {
    const { ctx } = console_
    const third = await makePerson(['administrator'])
    const row = await ctx.db.person.findUniqueOrThrow({ where: { id: third } })
    const administrator3: Actor = { ...one, personId: third, name: row.name, email: row.email, subject: row.subject }
    for (let round = 0; round < 4; round += 1) {
      const wish = somebody()
      const id = idOf(await proposePerson(ctx, one, wish))
      const input = { ...(await seen(ctx, id)), reason: 'Race' }
      const acts = [two, administrator3, two, administrator3].map((actor, nth) =>
        nth % 2 === round % 2
          ? confirmProposal(ctx, actor, { ...input, invitationSha256: newToken().sha256 })
          : refuseProposal(ctx, actor, input),
      )
      const answers = await Promise.all(acts)
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      const { status } = await ctx.db.proposal.findUniqueOrThrow({ where: { id } })
      expect(await ctx.db.person.count({ where: { email: wish.email } })).toBe(status === 'confirmed' ? 1 : 0)
    }
  })

  it('is refused by another with a reason, and withdrawn by its proposer alone', async () => {
    const { ctx } = console_
    const refused = idOf(await proposePerson(ctx, one, somebody()))
    expect(await refuseProposal(ctx, one, { ...(await seen(ctx, refused)), reason: 'x' })).toMatchObject({
      error: { code: 'own-proposal' },
    })
    expect(await refuseProposal(ctx, two, { ...(await seen(ctx, refused)), reason: ' ' })).toMatchObject({
      error: { code: 'invalid-input' },
    })
    expect(await refuseProposal(ctx, two, { ...(await seen(ctx, refused)), reason: 'Unknown here' })).toMatchObject({
      ok: true,
    })
    const withdrawn = idOf(await proposePerson(ctx, one, somebody()))
    expect(await withdrawProposal(ctx, two, await seen(ctx, withdrawn))).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await withdrawProposal(ctx, one, await seen(ctx, withdrawn))).toMatchObject({ ok: true })
    expect(await confirm(ctx, two, withdrawn)).toMatchObject({ error: { code: 'not-waiting' } })
  })

  it('lapses after seven days, and makes room for another', async () => {
    const { ctx } = console_
    const personId = await makePerson()
    const wish = { personId, roles: ['auditor'] as const, reason: 'Moves' }
    const old = idOf(await proposeRoles(ctx, one, wish))
    expect(await proposeRoles(ctx, two, wish)).toMatchObject({ error: { code: 'proposal-waiting' } })
    const later = { ...ctx, clock: () => new Date(Date.now() + 7 * 24 * 3_600_000 + 1) }
    expect(await confirm(later, two, old)).toMatchObject({ error: { code: 'proposal-lapsed' } })
    const fresh = idOf(await proposeRoles(later, two, wish))
    expect(await ctx.db.proposal.findUniqueOrThrow({ where: { id: old } })).toMatchObject({ status: 'failed' })
    expect(await confirm(later, one, fresh)).toMatchObject({ ok: true })
    expect(await rolesOf(personId)).toEqual(['auditor'])
  })
})

describe('roles', () => {
  it('change with the confirmation, which moves the day from when the person may decide', async () => {
    const { ctx } = console_
    const personId = await makePerson(['viewer'])
    const before = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
    const id = idOf(await proposeRoles(ctx, one, { personId, roles: ['approver', 'custodian'], reason: 'Trained' }))
    expect(await rolesOf(personId)).toEqual(['viewer'])
    expect(await confirm(ctx, two, id)).toMatchObject({ ok: true })
    expect(await rolesOf(personId)).toEqual(['approver', 'custodian'])
    const after = await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })
    expect(after.changedAt.getTime()).toBeGreaterThan(before.changedAt.getTime())
  })

  it('are not changed by a proposal about roles that have changed since', async () => {
    const { ctx } = console_
    const personId = await makePerson(['viewer'])
    const stale = idOf(await proposeRoles(ctx, one, { personId, roles: ['auditor'], reason: 'A' }))
    const row = await ctx.db.proposal.findUniqueOrThrow({ where: { id: stale } })
    await withdrawProposal(ctx, one, await seen(ctx, stale))
    const other = idOf(await proposeRoles(ctx, one, { personId, roles: ['custodian'], reason: 'B' }))
    await confirm(ctx, two, other)
    // The same text again, as it was frozen before the change.
    const again = randomUUID()
    await ctx.db.proposal.create({
      data: {
        ...row,
        id: again,
        status: 'waiting',
        decidedAt: null,
        decidedById: null,
        decisionReason: null,
        revision: 0,
      },
    })
    expect(await confirm(ctx, two, again)).toMatchObject({ error: { code: 'proposal-changed' } })
    expect(await rolesOf(personId)).toEqual(['custodian'])
  })

  it('of the last two administrators stay', async () => {
    const own = await createTestConsole()
    const { administrator, administrator2 } = own.actors
    const wish = { personId: administrator2.personId, roles: ['viewer'] as const, reason: 'Leaves' }
    expect(await proposeRoles(own.ctx, administrator, wish)).toMatchObject({ error: { code: 'not-permitted' } })
    await own.close()
  })

  it('that exclude each other, that are there already, or that are none, are not proposed', async () => {
    const { ctx } = console_
    const personId = await makePerson(['viewer'])
    const propose = (roles: Role[]) => proposeRoles(ctx, one, { personId, roles, reason: 'x' })
    expect(await propose(['administrator', 'approver'])).toMatchObject({ error: { code: 'roles-exclusive' } })
    expect(await propose(['viewer'])).toMatchObject({ error: { code: 'already-so' } })
    expect(await propose([])).toMatchObject({ error: { code: 'invalid-input' } })
  })
})

describe('a password', () => {
  let personId: string
  beforeEach(async () => {
    personId = await makePerson()
  })

  it('is taken away by two, with every session and every older invitation', async () => {
    const { ctx } = console_
    const now = ctx.clock()
    const sessionId = randomUUID()
    const expiresAt = new Date(now.getTime() + 3_600_000)
    await ctx.db.session.create({ data: { id: sessionId, personId, createdAt: now, lastUseAt: now, expiresAt } })
    await ctx.db.person.update({ where: { id: personId }, data: { passwordHash: 'x' } })
    const id = idOf(await proposeInvitation(ctx, two, { personId, reason: 'Forgot' }))
    const { sha256 } = newToken()
    expect(await confirm(ctx, one, id, sha256)).toMatchObject({ ok: true })
    const person = await ctx.db.person.findUniqueOrThrow({ where: { id: personId }, include: { invitations: true } })
    expect(person.passwordHash).toBeNull()
    expect(person.invitations.filter(({ voidedAt }) => voidedAt === null)).toMatchObject([{ tokenSha256: sha256 }])
    expect(await readSession(ctx, sessionId)).toBeNull()
  })

  it('of a closed account, or of one elsewhere, is not asked for', async () => {
    const { ctx } = console_
    expect(await proposeEnable(ctx, one, { personId, reason: 'Back' })).toMatchObject({ error: { code: 'already-so' } })
    await ctx.db.person.update({ where: { id: personId }, data: { disabledAt: ctx.clock() } })
    expect(await proposeInvitation(ctx, one, { personId, reason: 'x' })).toMatchObject({
      error: { code: 'not-permitted' },
    })
    const id = idOf(await proposeEnable(ctx, one, { personId, reason: 'Back' }))
    expect(await confirm(ctx, two, id)).toMatchObject({ ok: true })
    expect((await ctx.db.person.findUniqueOrThrow({ where: { id: personId } })).disabledAt).toBeNull()
  })
})
