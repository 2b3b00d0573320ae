import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalVault } from './server'
import { askAdmin } from './testing/raw-client'
import { startTestVault, type TestVault } from './testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault({ vaults: { standard: true, every: { region: 'westeurope' } } })
})
afterAll(() => vault.stop())

describe('kinds and tiers', () => {
  it('a third, standard vault stands beside the others only when asked for, and then stays', async () => {
    expect(vault.description.vaults.map(({ name, kind }) => [name, kind])).toEqual([
      ['local-vault', 'azure-key-vault'],
      ['local-hsm', 'azure-managed-hsm'],
      ['local-standard', 'azure-key-vault'],
    ])
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    const names: string[][] = []
    for (const vaults of [{}, { standard: true }, {}]) {
      const started = await startLocalVault({ dataFolder, vaults })
      names.push(started.description.vaults.map(({ name }) => name))
      await started.close()
    }
    rmSync(dataFolder, { recursive: true })
    const two = ['local-vault', 'local-hsm']
    expect(names).toEqual([two, [...two, 'local-standard'], [...two, 'local-standard']])
  })

  it.each([
    ['rawStandard', { RSA: 200, 'RSA-HSM': 400, EC: 200, 'EC-HSM': 400, oct: 400, 'oct-HSM': 400 }],
    ['raw', { RSA: 200, 'RSA-HSM': 200, EC: 200, 'EC-HSM': 200, oct: 400, 'oct-HSM': 200 }],
    ['rawHsm', { RSA: 400, 'RSA-HSM': 200, EC: 400, 'EC-HSM': 200, oct: 400, 'oct-HSM': 200 }],
  ] as const)('%s takes and refuses the types that its kind does', async (client, expected) => {
    for (const [kty, status] of Object.entries(expected)) {
      expect([kty, (await vault[client]('POST', '/keys/typed/create', { kty })).status]).toEqual([kty, status])
    }
  })

  it("a standard vault refuses an import into an HSM that it hasn't", async () => {
    const refused = await vault.rawStandard('PUT', '/keys/typed', { Hsm: true, key: { kty: 'EC', crv: 'P-256' } })
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
  })

  it('names its region in every answer', async () => {
    expect((await vault.raw('GET', '/keys')).headers.get('x-ms-keyvault-region')).toBe('westeurope')
  })
})

describe('settings', () => {
  it('that a person spoilt are named in the sentence', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    await (await startLocalVault({ dataFolder })).close()
    const path = join(dataFolder, 'settings.json')
    const settings = JSON.parse(readFileSync(path, 'utf8'))
    settings.vaults['local-vault'].softDeleteRetentionDays = 5
    writeFileSync(path, JSON.stringify(settings))
    await expect(startLocalVault({ dataFolder })).rejects.toThrow(/"vaults.local-vault.softDeleteRetentionDays"/)
    rmSync(dataFolder, { recursive: true })
  })

  it('of a folder that was made before there were any are the defaults, with one subscription that stays', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    await (await startLocalVault({ dataFolder })).close()
    const path = join(dataFolder, 'settings.json')
    const { vaults, subscriptionId: _made, ...old } = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify(old))
    const subscriptions: string[] = []
    for (const _again of [1, 2]) {
      await (await startLocalVault({ dataFolder })).close()
      const read = JSON.parse(readFileSync(path, 'utf8'))
      expect(read.vaults).toEqual(vaults)
      subscriptions.push(read.subscriptionId)
    }
    expect(subscriptions[0]).toBe(subscriptions[1])
    rmSync(dataFolder, { recursive: true })
  })
})

describe('the clock', () => {
  it('is moved ahead and set on the admin port, and tokens follow it', async () => {
    const before = Math.floor(Date.now() / 1000)
    const moved = await askAdmin(vault.description, '/clock', { advanceSeconds: 86_400 })
    expect(moved.body.at - before).toBeGreaterThanOrEqual(86_400)
    expect(moved.body.at - before).toBeLessThan(86_460)
    const created = await vault.raw('POST', '/keys/later/create', { kty: 'EC' })
    expect(created.body.attributes.created - moved.body.at).toBeLessThan(60)
    expect((await askAdmin(vault.description, '/clock', { at: before })).body.at).toBe(before)
    const read = await fetch(`${vault.description.admin.url}/clock`)
    expect(await read.json()).toMatchObject({ at: expect.any(Number), time: expect.stringMatching(/Z$/) })
  })

  it('stays moved over a restart', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'local-vault-'))
    const now = () => 1_800_000_000_000
    const first = await startLocalVault({ dataFolder, now })
    await askAdmin(first.description, '/clock', { advanceSeconds: 1000 })
    await first.close()
    const second = await startLocalVault({ dataFolder, now })
    expect((await askAdmin(second.description, '/clock', { advanceSeconds: 0 })).body.at).toBe(1_800_001_000)
    await second.close()
    rmSync(dataFolder, { recursive: true })
  })

  it.each([
    {},
    { advanceSeconds: -1 },
    { advanceSeconds: 1.5 },
    { advanceSeconds: 315_360_001 },
    { at: -5 },
    { at: 99_999_999_999 },
    { at: 1, advanceSeconds: 1 },
    [],
    null,
  ])('refuses %j and stays', async (body) => {
    const refused = await askAdmin(vault.description, '/clock', body)
    expect([refused.status, refused.body.error]).toEqual([400, 'bad-request'])
    expect(refused.body.message).toContain('advanceSeconds')
  })

  it('takes JSON only, which a foreign page can not send', async () => {
    const body = JSON.stringify({ advanceSeconds: 1 })
    expect((await fetch(`${vault.description.admin.url}/clock`, { method: 'POST', body })).status).toBe(415)
  })
})

describe('api-versions', () => {
  it.each([
    ['7.4', undefined],
    ['7.4-preview.1', undefined],
    ['7.1', undefined],
    ['7.5', '2'],
    ['7.6-preview.1', '2'],
    ['7.6', '2'],
    ['2025-07-01', '2'],
  ])('%s: hsmPlatform is %s, in a key and in lists', async (version, hsmPlatform) => {
    await vault.raw('POST', '/keys/platform/create', { kty: 'EC-HSM', tags: { hsmPlatform: 'a tag' } })
    const one = await vault.raw('GET', `/keys/platform?api-version=${version}`)
    expect(one.body.attributes.hsmPlatform).toBe(hsmPlatform)
    expect(one.body).toMatchObject({ tags: { hsmPlatform: 'a tag' } })
    const list = await vault.raw('GET', `/keys/platform/versions?api-version=${version}`)
    expect(list.body.items[0]).toMatchObject({ attributes: { enabled: true } })
    expect(JSON.stringify(list.body.items[0]).includes('"hsmPlatform":"2"')).toBe(hsmPlatform === '2')
  })

  it.each(['', '1.0', '7.7', '8.0', '2025-06-01', 'toString', '7.4 '])('"%s" is refused', async (version) => {
    const refused = await vault.raw('GET', `/keys?api-version=${encodeURIComponent(version)}`)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
  })
})
