import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '@/lib/domain/people/roles'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database/create-test-database'
import { readSession } from '../auth/read-session'
import { admitPerson } from './admit-person'
import type { Identity } from './identity'

const ISSUER = 'https://provider.example.com'
const place = { address: '127.0.0.1' }
const mapping = {
  claim: 'groups',
  roles: { administrator: ['admins'], custodian: ['keys'], approver: ['reviewers'], auditor: ['audit'] },
}
let database: TestDatabase
let now = new Date('2026-11-22T10:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  await givenHere(given.approver, ['approver'])
  await givenHere(given.custodian, ['custodian'])
  await givenHere(given.disabled, ['auditor'], now)
  await givenHere(given.local, ['approver'])
})
afterAll(() => database.drop())

const context = () => ({ db: database.db, clock: () => now, newId: () => randomUUID() })
const admit = (identity: Identity) => admitPerson(context(), { mapping }, identity, place)

function somebody(values: readonly string[] | null, more: Partial<Identity> = {}): Identity {
  const subject = randomUUID()
  return { issuer: ISSUER, subject, name: 'Ada Nwosu', email: 'ada@x.test', authTime: null, values, ...more }
}

const rowOf = ({ issuer, subject }: Identity) =>
  database.db.person.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { roles: true } })
const rolesOf = async (identity: Identity) => (await rowOf(identity))?.roles.map(({ role }) => role).sort()
const eventsOf = async ({ subject }: Identity) => {
  const events = await database.db.auditEvent.findMany({ orderBy: { id: 'asc' } })
  return events.filter(({ details }) => JSON.stringify(details).includes(subject))
}
const later = () => {
  now = new Date(now.getTime() + 60_000)
}

/** Made before anybody signs in: later the database lets nobody be made without a confirmed proposal. */
async function givenHere(identity: Identity, roles: Role[], disabledAt: Date | null = null) {
  await database.db.person.create({
    data: {
      issuer: identity.issuer,
      subject: identity.subject,
      name: 'As proposed here',
      email: '',
      createdAt: now,
      changedAt: now,
      disabledAt,
      roles: { create: roles.map((role) => ({ role, grantedAt: now })) },
    },
  })
}

const given = {
  approver: somebody(['admins']),
  custodian: somebody([]),
  disabled: somebody(['keys']),
  local: somebody([], { issuer: 'local' }),
}

describe('with a mapping', () => {
  it('an account is made at the first sign-in with a role, with its events and a session of its own', async () => {
    const ada = somebody(['keys', 'everybody'])
    const admitted = await admit(ada)
    if (!admitted.ok) throw new Error(admitted.error)
    expect(await rowOf(ada)).toMatchObject({ rolesFrom: 'claims', name: 'Ada Nwosu', changedAt: now })
    const actor = await readSession(context(), admitted.value.sessionId)
    expect(actor).toMatchObject({ issuer: ISSUER, subject: ada.subject, roles: ['custodian'] })
    expect(await database.db.session.findUnique({ where: { id: admitted.value.sessionId } })).toMatchObject({
      method: 'oidc',
      address: '127.0.0.1',
    })
    expect(await eventsOf(ada)).toMatchObject([{ type: 'person.created', actorId: null }])
  })

  it('two first sign-ins at once make one account and two sessions', async () => {
    const ada = somebody(['audit'])
    const both = await Promise.all([admit(ada), admit(ada)])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(await eventsOf(ada)).toHaveLength(1)
  })

  it.each([
    ['nothing', [], 'no-role'],
    ['groups that left out', null, 'groups-left-out'],
    ['roles that exclude each other', ['admins', 'reviewers'], 'roles-exclusive'],
  ] as const)('%s makes no account, and the refusal is recorded', async (_title, values, code) => {
    const ada = somebody(values)
    expect(await admit(ada)).toEqual({ ok: false, error: code })
    expect(await rowOf(ada)).toBeNull()
    expect(await eventsOf(ada)).toMatchObject([{ type: 'sign-in.refused', code, details: { issuer: ISSUER } }])
  })

  it('other roles move changed_at, are recorded, and are an open session’s at once', async () => {
    const ada = somebody(['reviewers'])
    const first = await admit(ada)
    if (!first.ok) throw new Error(first.error)
    later()
    expect((await admit({ ...ada, values: ['audit', 'keys'] })).ok).toBe(true)
    expect(await rowOf(ada)).toMatchObject({ changedAt: now })
    const open = await readSession(context(), first.value.sessionId)
    expect([...(open?.roles ?? [])].sort()).toEqual(['auditor', 'custodian'])
    expect((await eventsOf(ada)).at(-1)).toMatchObject({
      type: 'person.changed',
      details: { rolesBefore: ['approver'], rolesAfter: ['auditor', 'custodian'] },
    })
  })

  it('the same roles move nothing and record nothing', async () => {
    const ada = somebody(['keys', 'audit'])
    await admit(ada)
    const before = await rowOf(ada)
    later()
    await admit({ ...ada, values: ['audit', 'keys', 'more'] })
    expect(await rowOf(ada)).toEqual(before)
    expect(await eventsOf(ada)).toHaveLength(1)
  })

  it('another name is shown and recorded, and is no change of authority', async () => {
    const ada = somebody(['keys'])
    await admit(ada)
    const changedAt = now
    later()
    await admit({ ...ada, name: 'Ada Berg' })
    expect(await rowOf(ada)).toMatchObject({ name: 'Ada Berg', changedAt })
    expect((await eventsOf(ada)).at(-1)).toMatchObject({ details: { name: 'Ada Berg', nameBefore: 'Ada Nwosu' } })
  })

  it.each([
    ['no role', []],
    ['roles that exclude each other', ['admins', 'keys']],
  ])('%s takes the earlier ones away, and refuses', async (_title, values) => {
    const ada = somebody(['keys'])
    await admit(ada)
    later()
    expect((await admit({ ...ada, values })).ok).toBe(false)
    expect(await rolesOf(ada)).toEqual([])
    expect(await rowOf(ada)).toMatchObject({ changedAt: now })
  })

  it('groups that were left out say nothing, so nothing is taken away; and nobody comes in', async () => {
    const ada = somebody(['keys'])
    await admit(ada)
    expect(await admit({ ...ada, values: null })).toEqual({ ok: false, error: 'groups-left-out' })
    expect(await rolesOf(ada)).toEqual(['custodian'])
  })

  it('roles that were given here stay, whatever the claims say', async () => {
    const ada = given.approver
    expect((await admit(ada)).ok).toBe(true)
    expect(await rolesOf(ada)).toEqual(['approver'])
    expect(await rowOf(ada)).toMatchObject({ name: 'As proposed here', rolesFrom: 'given' })
  })
})

describe('without a mapping', () => {
  it('only people who were made here come in', async () => {
    expect((await admitPerson(context(), { mapping: undefined }, given.custodian, place)).ok).toBe(true)
    const stranger = somebody(['admins'])
    expect(await admitPerson(context(), { mapping: undefined }, stranger, place)).toEqual({
      ok: false,
      error: 'not-known',
    })
    expect(await rowOf(stranger)).toBeNull()
    expect(await eventsOf(stranger)).toMatchObject([{ type: 'sign-in.refused', code: 'not-known' }])
  })

  it('who came by a mapping that is gone does not', async () => {
    const ada = somebody(['keys'])
    await admit(ada)
    expect(await admitPerson(context(), { mapping: undefined }, ada, place)).toEqual({ ok: false, error: 'not-known' })
  })
})

describe('a person', () => {
  it('who is disabled is refused, and keeps what they had', async () => {
    expect(await admit(given.disabled)).toEqual({ ok: false, error: 'disabled' })
    expect(await rolesOf(given.disabled)).toEqual(['auditor'])
  })

  it('is issuer and subject: neither e-mail nor name nor the subject alone', async () => {
    const ada = { ...given.local, issuer: ISSUER, values: ['keys'] }
    const other = { ...ada, issuer: 'https://another.example.com' }
    await admit(ada)
    await admit({ ...other, values: ['audit'] })
    await admit(somebody(['reviewers'], { email: ada.email, name: ada.name }))
    expect(await rolesOf(given.local)).toEqual(['approver'])
    expect(await rolesOf(ada)).toEqual(['custodian'])
    expect(await rolesOf(other)).toEqual(['auditor'])
  })

  it('differs by the case of the subject', async () => {
    const ada = somebody(['keys'], { subject: `Ada-${randomUUID()}` })
    await admit(ada)
    const other = { ...ada, subject: ada.subject.toLowerCase(), values: ['audit'] }
    await admit(other)
    expect(await rolesOf(ada)).toEqual(['custodian'])
    expect(await rolesOf(other)).toEqual(['auditor'])
  })
})
