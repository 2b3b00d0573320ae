import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { ALLOWANCES } from '../doors/allowances'
import { hashPassword } from './password'
import { signIn } from './sign-in'

const PASSWORD = 'correct horse battery staple'
const EMAIL = 'custodian@example.test'
const HOME = '203.0.113.10'
const STRANGER = '198.51.100.66'

let testConsole: TestConsole

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { ctx, actors } = testConsole
  const passwordHash = await hashPassword(PASSWORD)
  await ctx.db.person.update({ where: { id: actors.custodian.personId }, data: { passwordHash } })
})
afterAll(() => testConsole.close())
beforeEach(async () => {
  await testConsole.ctx.db.rateLimit.deleteMany()
  await testConsole.ctx.db.session.updateMany({ data: { address: null } })
})

const attempt = (address: string, password = 'wrong', email = EMAIL) =>
  signIn(testConsole.ctx, { email, password }, { address })

async function wrongAttempts(times: number, addressOf: (n: number) => string, email = EMAIL) {
  for (let n = 0; n < times; n += 1) expect(await attempt(addressOf(n), 'wrong', email)).toBeNull()
}

const { burst: pairBurst } = ALLOWANCES['sign-in:pair']
const { burst: accountBurst } = ALLOWANCES['sign-in:account']

describe('guessing a password', () => {
  it('from one place ends, even with the right one', async () => {
    await wrongAttempts(pairBurst, () => STRANGER)
    expect(await attempt(STRANGER, PASSWORD)).toBeNull()
    expect(await attempt(STRANGER, PASSWORD, ' Custodian@EXAMPLE.test')).toBeNull()
  })

  it('at once from one place gets no more tries than one after the other', async () => {
    const before = await testConsole.ctx.db.auditEvent.count({ where: { type: 'sign-in.refused', code: null } })
    await Promise.all(Array.from({ length: 30 }, () => attempt(STRANGER)))
    const checked =
      (await testConsole.ctx.db.auditEvent.count({ where: { type: 'sign-in.refused', code: null } })) - before
    expect(checked).toBe(pairBurst)
  })

  it('does not close the door to the officer somewhere else', async () => {
    await wrongAttempts(pairBurst + 5, () => STRANGER)
    expect(await attempt(HOME, PASSWORD)).not.toBeNull()
  })

  it('from everywhere ends, but never for the officer at a place they signed in from before', async () => {
    expect(await attempt(HOME, PASSWORD)).not.toBeNull()
    await wrongAttempts(accountBurst, (n) => `198.51.100.${n}`)
    expect(await attempt('192.0.2.1', PASSWORD)).toBeNull()
    expect(await attempt(HOME, PASSWORD)).not.toBeNull()
  })

  it('counts one subscriber’s IPv6 network as one place', async () => {
    await wrongAttempts(pairBurst, (n) => `2001:db8:1:2::${n + 1}`)
    expect(await attempt('2001:db8:1:2:ffff::1', PASSWORD)).toBeNull()
    expect(await attempt('2001:db8:1:3::1', PASSWORD)).not.toBeNull()
  })

  it('at many accounts from one place ends', async () => {
    await testConsole.ctx.db.rateLimit.create({
      data: {
        bucket: `sign-in:address:${STRANGER}`,
        fullUntil: new Date(Date.now() + ALLOWANCES['sign-in:address'].burst * ALLOWANCES['sign-in:address'].perMs),
      },
    })
    expect(await attempt(STRANGER, PASSWORD)).toBeNull()
  })
})

describe('a right password', () => {
  it('forgives what was mistyped before it', async () => {
    for (let round = 0; round < 3; round += 1) {
      await wrongAttempts(pairBurst - 1, () => HOME)
      expect(await attempt(HOME, PASSWORD)).not.toBeNull()
    }
  })

  it('is remembered with the place it came from', async () => {
    const started = await attempt(HOME, PASSWORD)
    const session = await testConsole.ctx.db.session.findUnique({ where: { id: started?.sessionId ?? '' } })
    expect(session?.address).toBe(HOME)
  })
})

describe('a limit', () => {
  it('tells nothing about who exists: an unknown e-mail reaches it alike', async () => {
    const countOf = (email: string) =>
      testConsole.ctx.db.auditEvent.count({ where: { type: 'sign-in.refused', code: null } }).then(async (before) => {
        await testConsole.ctx.db.rateLimit.deleteMany()
        await wrongAttempts(pairBurst + 5, () => STRANGER, email)
        return (await testConsole.ctx.db.auditEvent.count({ where: { type: 'sign-in.refused', code: null } })) - before
      })
    expect([await countOf(EMAIL), await countOf(`${randomUUID()}@example.test`)]).toEqual([pairBurst, pairBurst])
  })

  it('is recorded once, not with every attempt, and nothing that was typed stands in a bucket', async () => {
    const noted = () =>
      testConsole.ctx.db.auditEvent.count({ where: { type: 'sign-in.refused', code: 'rate-limited' } })
    const before = await noted()
    await wrongAttempts(pairBurst + 8, () => STRANGER)
    expect((await noted()) - before).toBe(1)
    const buckets = await testConsole.ctx.db.rateLimit.findMany()
    expect(buckets.length).toBeGreaterThan(2)
    expect(JSON.stringify(buckets)).not.toContain('custodian')
  })

  it('answers about as late as a wrong password', async () => {
    const time = async (times: number) => {
      const startedAt = performance.now()
      await wrongAttempts(times, () => STRANGER)
      return (performance.now() - startedAt) / times
    }
    const checked = await time(pairBurst)
    const limited = await time(pairBurst)
    // Without the wait it would be a tenth; a busy machine may still double either.
    expect(limited).toBeGreaterThan(checked / 3)
  })
})
