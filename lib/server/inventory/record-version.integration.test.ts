import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { recordVersion } from './record-version'

let console_: TestConsole
beforeAll(async () => {
  console_ = await createTestConsole()
})
afterAll(() => console_.close())

// An import's index write no longer holds up its answer, so it can come after the one of the enabling that followed.
it('a late write of an earlier reading leaves the later one standing', async () => {
  const { ctx, connections } = console_
  const { value: key } = await ctx.provider(connections.vault).createKey({
    name: 'late-write',
    kty: 'EC-HSM',
    curve: 'P-256',
    keyOps: ['sign'],
    enabled: true,
    notBefore: null,
    expiresAt: null,
    tags: {},
  })
  const earlier = new Date(ctx.clock().getTime() - 1_000)
  const disabled = { ...key, attributes: { ...key.attributes, enabled: false } }
  const enabledInIndex = async () => (await ctx.db.keyVersion.findFirstOrThrow({ where: { kid: key.kid } })).enabled

  await recordVersion(ctx, { connection: connections.vault, key })
  await recordVersion({ ...ctx, clock: () => earlier }, { connection: connections.vault, key: disabled })
  expect(await enabledInIndex()).toBe(true)

  await recordVersion(ctx, { connection: connections.vault, key: disabled })
  expect(await enabledInIndex()).toBe(false)
})
