import { expect, it } from 'vitest'
import { LATEST_VAULT_TIME, vaultTimeSchema } from './vault-time'

it.each([
  ['2027-01-01T00:00:00Z', true],
  ['2038-01-19T03:14:07Z', true],
  ['2038-01-19T03:14:08Z', false],
  ['2099-12-31T00:00:00Z', false],
  ['9999-12-31T23:59:59Z', false],
])('%s can be told to a vault: %o', (text, can) => {
  expect(vaultTimeSchema.safeParse(text).success).toBe(can)
})

it('the latest is the last that 32 bits hold, and the next second is not', () => {
  expect((LATEST_VAULT_TIME.getTime() / 1000) | 0).toBe(LATEST_VAULT_TIME.getTime() / 1000)
  expect((LATEST_VAULT_TIME.getTime() / 1000 + 1) | 0).toBeLessThan(0)
})
