import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOfficer } from '@/lib/testing/add-officer'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { otherAccountsOf } from './other-accounts'

let testConsole: TestConsole
beforeAll(async () => {
  testConsole = await createTestConsole()
})
afterAll(() => testConsole.close())

type Signs = { subject?: string; issuer?: string; email?: string }

/** As the services and as the database's own rules see it: they agree. */
async function alike(one: Signs, other: Signs): Promise<boolean> {
  const { ctx } = testConsole
  const make = (signs: Signs) => addOfficer(ctx, { roles: ['approver'], ...signs })
  const [a, b] = [await make(one), await make(other)]
  const [row] = await ctx.db.$queryRaw<{ same: boolean }[]>`
    SELECT is_same_human(${a.personId}::uuid, ${b.personId}::uuid) AS same`
  const found = await otherAccountsOf(ctx.db, [a.personId])
  const back = await otherAccountsOf(ctx.db, [b.personId])
  const same = found.includes(b.personId)
  expect({ database: row?.same, back: back.includes(a.personId) }).toEqual({ database: same, back: same })
  return same
}

describe('two accounts', () => {
  it.each<[string, Signs, Signs, boolean]>([
    ['of one e-mail, however it is written', { email: 'mia@example.test' }, { email: 'MIA@example.test' }, true],
    ['of one subject at two issuers', { subject: 'sub-1' }, { subject: 'sub-1', issuer: 'https://id.test' }, true],
    ['of nothing alike', { email: 'ann@example.test' }, { email: 'bob@example.test' }, false],
    ['without an e-mail, which a provider need not send', { email: '' }, { email: '' }, false],
    ['whose e-mails would match as patterns', { email: 'a_b%@example.test' }, { email: 'axbyy@example.test' }, false],
  ])('%s', async (_, one, other, expected) => {
    expect(await alike(one, other)).toBe(expected)
  })
})
