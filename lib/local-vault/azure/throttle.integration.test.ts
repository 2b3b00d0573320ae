import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAdmin, fetchToken } from '../testing/raw-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({ vaults: { standard: true, one: { 'local-vault': { throttling: true } } } })
})
afterAll(() => vault.stop())

const refusal = {
  error: {
    code: 'Throttled',
    message: 'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached',
  },
}

/** A new window, whose ten seconds the machine's speed can't use up: the clock is set to its start before each call. */
async function freshWindow(): Promise<() => Promise<unknown>> {
  const { at } = (await askAdmin(vault.description, '/clock', { advanceSeconds: 60 })).body
  return () => askAdmin(vault.description, '/clock', { at })
}

describe('a throttled vault', () => {
  it('creates ten HSM keys or twenty software keys in ten seconds, then says 429 and when to come back', async () => {
    for (const [kty, most] of [
      ['EC-HSM', 10],
      ['EC', 20],
    ] as const) {
      const hold = await freshWindow()
      for (let at = 0; at < most; at += 1) {
        await hold()
        expect([kty, at, (await vault.raw('POST', `/keys/${kty}/create`, { kty })).status]).toEqual([kty, at, 200])
      }
      await hold()
      const refused = await vault.raw('POST', `/keys/${kty}/create`, { kty })
      expect([refused.status, { error: refused.body.error }]).toEqual([429, refusal])
      const wait = Number(refused.headers.get('retry-after'))
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(10)
      expect((await vault.raw('GET', `/keys/${kty}`)).status).toBe(200)
      await askAdmin(vault.description, '/clock', { advanceSeconds: wait })
      expect((await vault.raw('POST', `/keys/${kty}/create`, { kty })).status).toBe(200)
    }
  })

  it('weighs keys: 250 calls of an RSA-4096 in the HSM are as many as fit', async () => {
    await freshWindow()
    await vault.raw('POST', '/keys/heavy/create', { kty: 'RSA-HSM', key_size: 4096 })
    await vault.raw('POST', '/keys/light/create', { kty: 'EC' })
    const hold = await freshWindow()
    const token = await fetchToken(vault.description, 'https://vault.azure.net/.default')
    const url = vault.description.vaults[0]?.url
    const read = async (name: string) => {
      const response = await fetch(`${url}/keys/${name}?api-version=7.6`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await response.arrayBuffer()
      return response.status
    }
    for (let at = 0; at < 249; at += 1) {
      if (at % 20 === 0) await hold()
      expect(await read('heavy')).toBe(200)
    }
    await hold()
    // 16 of 4,000 units are left: fifteen light reads leave too little for a heavy one, whose refusal costs nothing.
    for (let at = 0; at < 15; at += 1) expect(await read('light')).toBe(200)
    expect(await read('heavy')).toBe(429)
    expect(await read('light')).toBe(200)
    expect(await read('light')).toBe(429)
  })

  it('is the only one: its neighbour without the setting and the Managed HSM never refuse', async () => {
    for (let at = 0; at < 22; at += 1) {
      expect((await vault.rawStandard('POST', '/keys/free/create', { kty: 'EC' })).status).toBe(200)
      expect((await vault.rawHsm('POST', '/keys/free/create', { kty: 'EC-HSM' })).status).toBe(200)
    }
  })
})
