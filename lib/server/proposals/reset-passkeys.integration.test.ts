import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { registered } from '@/lib/testing/passkeys/registered'
import { readSession } from '../auth/read-session'
import { proposePasskeyReset } from '../people/propose-for-person'
import { confirm, idOf } from './testing/confirm'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

describe('lost passkeys', () => {
  it('are taken away by two administrators, with every session, and the account counts as changed', async () => {
    const { ctx, actors } = testConsole
    const { administrator, administrator2, custodian } = actors
    await registered(ctx, custodian)
    const about = { personId: custodian.personId, reason: 'The key fell into the harbour' }
    const id = idOf(await proposePasskeyReset(ctx, administrator, about))
    expect(await confirm(ctx, administrator, id)).toMatchObject({ error: { code: 'own-proposal' } })
    const live = { where: { personId: custodian.personId, removedAt: null } }
    expect(await ctx.db.passkey.count(live)).toBe(1)
    const { changedAt } = await ctx.db.person.findUniqueOrThrow({ where: { id: custodian.personId } })
    testConsole.advance(1_000)
    expect(await confirm(ctx, administrator2, id)).toMatchObject({ ok: true })
    expect(await ctx.db.passkey.count(live)).toBe(0)
    expect(await readSession(ctx, custodian.sessionId)).toBeNull()
    const after = await ctx.db.person.findUniqueOrThrow({ where: { id: custodian.personId } })
    expect(after.changedAt.getTime()).toBeGreaterThan(changedAt.getTime())
  })

  it('are those that were proposed: with another one meanwhile, it is proposed anew', async () => {
    const { ctx, actors } = testConsole
    const { administrator, administrator2, auditor } = actors
    const about = { personId: auditor.personId, reason: 'Lost' }
    expect(await proposePasskeyReset(ctx, administrator, about)).toMatchObject({ error: { code: 'already-so' } })
    await registered(ctx, auditor)
    const id = idOf(await proposePasskeyReset(ctx, administrator, about))
    await registered(ctx, auditor)
    expect(await confirm(ctx, administrator2, id)).toMatchObject({ error: { code: 'proposal-changed' } })
    expect(await ctx.db.passkey.count({ where: { personId: auditor.personId, removedAt: null } })).toBe(2)
  })
})
