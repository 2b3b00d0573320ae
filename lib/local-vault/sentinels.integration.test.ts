import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestVault, type TestVault } from './testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault()
})
afterAll(() => vault.stop())

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const jwk = privateKey.export({ format: 'jwk' })
const body = { key: { ...jwk, kty: 'EC-HSM' } }

const versionsOf = async (name: string): Promise<number> =>
  (await vault.raw('GET', `/keys/${name}/versions`)).body.items.length
const put = (name: string, signal?: AbortSignal) => vault.raw('PUT', `/keys/${name}`, body, signal ? { signal } : {})
const patch = (name: string) => vault.raw('PATCH', `/keys/${name}`, { attributes: { enabled: false } })
const create = (name: string) => vault.raw('POST', `/keys/${name}/create`, { kty: 'EC-HSM' })

const held = async (): Promise<unknown> => (await fetch(`${vault.description.admin.url}/held`)).json()
const release = async (name: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  return (
    await fetch(`${vault.description.admin.url}/release`, { method: 'POST', headers, body: JSON.stringify({ name }) })
  ).json()
}
const waitUntilHeld = (name: string, stage: string) =>
  vi.waitFor(async () => expect(await held()).toMatchObject({ held: [{ name, stage }] }), { timeout: 5000 })

describe('import', () => {
  it('fail-import-503 fails and stores nothing; creating the same name works', async () => {
    for (const name of ['fail-import-503', 'fail-import-503-a']) {
      expect((await put(name)).status).toBe(503)
      expect(await versionsOf(name)).toBe(0)
      expect((await create(name)).status).toBe(200)
    }
  })

  it('slow-import-5s answers after five seconds', async () => {
    const started = Date.now()
    expect((await put('slow-import-5s')).status).toBe(200)
    expect(Date.now() - started).toBeGreaterThanOrEqual(4900)
  })

  it('hang-import never answers and never commits', async () => {
    await expect(put('hang-import', AbortSignal.timeout(700))).rejects.toThrow()
    expect(await versionsOf('hang-import')).toBe(0)
  })

  it('reset-import-after-commit cuts the connection, and the key is there', async () => {
    await expect(put('reset-import-after-commit')).rejects.toThrow()
    expect(await versionsOf('reset-import-after-commit')).toBe(1)
    const line = vault.acknowledged().find(({ name }) => name === 'reset-import-after-commit')
    expect(line?.status).toBeNull()
  })

  it.each([
    ['before-commit', 0],
    ['after-commit', 1],
  ])('hold-import-%s holds with %i versions until it is released', async (stage, versions) => {
    const name = `hold-import-${stage}-a`
    const waiting = put(name)
    await waitUntilHeld(name, stage)
    expect(await versionsOf(name)).toBe(versions)
    expect(await release(name)).toEqual({ released: 1 })
    expect((await waiting).status).toBe(200)
    expect(await versionsOf(name)).toBe(1)
  })

  it('substitute-import stores another key of the same type', async () => {
    const reply = await put('substitute-import')
    expect(reply.body.key).toMatchObject({ kty: 'EC-HSM', crv: 'P-256' })
    expect(reply.body.key.x).not.toBe(jwk.x)
    expect((await put('honest-import')).body.key.x).toBe(jwk.x)
  })
})

describe('update', () => {
  it('fail-update-503 changes nothing', async () => {
    await create('fail-update-503')
    expect((await patch('fail-update-503')).status).toBe(503)
    expect((await vault.raw('GET', '/keys/fail-update-503')).body.attributes.enabled).toBe(true)
  })

  it('reset-update-after-commit cuts the connection after the change', async () => {
    await create('reset-update-after-commit')
    await expect(patch('reset-update-after-commit')).rejects.toThrow()
    expect((await vault.raw('GET', '/keys/reset-update-after-commit')).body.attributes.enabled).toBe(false)
  })

  it.each([
    ['before-commit', true],
    ['after-commit', false],
  ])('hold-update-%s holds while enabled is %s', async (stage, enabled) => {
    const name = `hold-update-${stage}`
    await create(name)
    const waiting = patch(name)
    await waitUntilHeld(name, stage)
    expect((await vault.raw('GET', `/keys/${name}`)).body.attributes.enabled).toBe(enabled)
    await release(name)
    expect((await waiting).body.attributes.enabled).toBe(false)
  })
})

describe('throttling', () => {
  it('throttle- refuses each operation twice with Retry-After, then does it', async () => {
    const tries = [await create('throttle-a'), await create('throttle-a'), await create('throttle-a')]
    expect(tries.map(({ status }) => status)).toEqual([429, 429, 200])
    expect(tries[0]?.headers.get('retry-after')).toBe('1')
    expect(tries[0]?.body.error.code).toBe('Throttled')
    expect((await vault.sdk.getKey('throttle-a')).name).toBe('throttle-a')
  })
})
