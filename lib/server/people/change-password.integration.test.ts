import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { hashPassword } from '../auth/password'
import { readSession } from '../auth/read-session'
import { signIn } from '../auth/sign-in'
import { paramsDigest } from '../idempotency/params-digest'
import { askStepUp } from '../step-up/ask-step-up'
import { passByPassword } from '../step-up/pass-by-password'
import { changePassword } from './change-password'

const PASSWORD = 'correct horse battery staple'
const NEXT = 'four unlikely teapots sail'
const EMAIL = 'custodian@example.test'

const consoles: TestConsole[] = []
let testConsole: TestConsole
beforeEach(async () => {
  testConsole = await createTestConsole()
  consoles.push(testConsole)
  const { ctx, actors } = testConsole
  await ctx.db.person.update({
    where: { id: actors.custodian.personId },
    data: { passwordHash: await hashPassword(PASSWORD) },
  })
})
afterAll(() => Promise.all(consoles.map((each) => each.close())))

const from = (address: string) => ({ address })
const start = (password: string, address: string) => signIn(testConsole.ctx, { email: EMAIL, password }, from(address))
const change = (password: string) => changePassword(testConsole.ctx, testConsole.actors.custodian, { password })

async function events(type: string) {
  const found = await testConsole.ctx.db.auditEvent.findMany({ where: { type }, orderBy: { id: 'asc' } })
  return found.map(({ code, actorId, details }) => ({ code, actorId, details }))
}

describe('one’s own password', () => {
  it('is changed, and ends every other session but not this one', async () => {
    const { ctx, actors } = testConsole
    const elsewhere = await start(PASSWORD, '10.1.0.1')
    const act = { action: 'account.change-password', paramsSha256: paramsDigest({}) }
    const asked = await askStepUp(ctx, actors.custodian, act)
    await passByPassword(ctx, actors.custodian, { stepUpId: asked?.id ?? '', password: PASSWORD })
    expect(await askStepUp(ctx, actors.custodian, act)).toBeNull()
    const before = await ctx.db.person.findUniqueOrThrow({ where: { id: actors.custodian.personId } })
    expect(await change(NEXT)).toEqual({ ok: true, value: { ended: 1 } })
    expect(await readSession(ctx, elsewhere?.sessionId ?? '')).toBeNull()
    expect(await readSession(ctx, actors.custodian.sessionId)).not.toBeNull()
    expect(await start(PASSWORD, '10.1.0.2')).toBeNull()
    expect(await start(NEXT, '10.1.0.3')).not.toBeNull()
    const after = await ctx.db.person.findUniqueOrThrow({ where: { id: actors.custodian.personId } })
    expect(after.changedAt).toEqual(before.changedAt) // what they may decide stays as it was
    expect(await askStepUp(ctx, actors.custodian, act)).not.toBeNull() // a proof serves one change
    expect(await events('password.changed')).toEqual([
      { code: null, actorId: actors.custodian.personId, details: { endedSessions: 1 } },
    ])
    expect(await events('session.ended')).toMatchObject([{ details: { because: 'new-password' } }])
  })

  it.each([
    ['too short', 'short'],
    ['common', 'password1234567'],
    ['the name of its owner', 'custodian likes tea'],
    ['the one that holds', PASSWORD],
  ])('is not changed to one that is %s', async (_why, password) => {
    expect(await change(password)).toMatchObject({ error: { fields: { password: expect.any(String) } } })
    expect(await events('password.changed')).toEqual([])
  })

  it('is changed once by two at once', async () => {
    const answers = await Promise.all([change(NEXT), change(`${NEXT} far away`)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await events('password.changed')).toHaveLength(1)
  })

  it('is the identity provider’s to change for who signs in there', async () => {
    const { ctx, actors } = testConsole
    const provided = await ctx.db.person.create({
      data: {
        id: ctx.newId(),
        issuer: 'https://login.example.test',
        subject: 'abc',
        name: 'Provided',
        email: 'provided@example.test',
        createdAt: ctx.clock(),
        changedAt: ctx.clock(),
      },
    })
    const actor = { ...actors.auditor, personId: provided.id, issuer: provided.issuer }
    expect(await changePassword(ctx, actor, { password: NEXT })).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining('identity provider') },
    })
  })
})
