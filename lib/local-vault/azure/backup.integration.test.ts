import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientsOf, startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
let elsewhere: TestVault
beforeAll(async () => {
  vault = await startTestVault({ vaults: { standard: true, one: { 'local-standard': { region: 'elsewhere' } } } })
  elsewhere = await startTestVault()
})
afterAll(async () => {
  await vault.stop()
  await elsewhere.stop()
})

const digest = Buffer.alloc(32, 7).toString('base64url')
const magic = '&AzureKeyVaultKeyBackupV1.microsoft.com'

async function backupOf(name: string): Promise<string> {
  return (await vault.raw('POST', `/keys/${name}/backup`)).body.value
}

async function remove(name: string): Promise<void> {
  await vault.raw('DELETE', `/keys/${name}`)
  await vault.raw('DELETE', `/deletedkeys/${name}`)
}

describe('backup and restore', () => {
  it('bring back every version with its id, times, material, and the rotation policy, through the official client', async () => {
    const { sdk } = vault
    const first = await sdk.createEcKey('travelling', { tags: { which: 'first' } })
    const second = await sdk.createRsaKey('travelling', { hsm: true, keySize: 2048, enabled: false })
    const latest = await sdk.createEcKey('travelling', { hsm: true })
    await sdk.updateKeyRotationPolicy('travelling', {
      lifetimeActions: [{ action: 'Rotate', timeAfterCreate: 'P30D' }],
    })
    const policy = await sdk.getKeyRotationPolicy('travelling')
    const signed = await vault.raw('POST', `/keys/travelling/${first.properties.version}/sign`, {
      alg: 'ES256',
      value: digest,
    })
    const before = (await vault.raw('GET', '/keys/travelling/versions')).body
    const backup = await sdk.backupKey('travelling')
    await remove('travelling')
    await expect(sdk.getKey('travelling')).rejects.toMatchObject({ statusCode: 404 })

    const restored = await sdk.restoreKeyBackup(backup ?? new Uint8Array())
    expect(restored).toEqual(latest)
    expect((await vault.raw('GET', '/keys/travelling/versions')).body).toEqual(before)
    expect((await sdk.getKey('travelling', { version: second.properties.version ?? '' })).properties.enabled).toBe(
      false,
    )
    expect(await sdk.getKeyRotationPolicy('travelling')).toEqual(policy)
    const verified = { alg: 'ES256', digest, value: signed.body.value }
    const path = `/keys/travelling/${first.properties.version}/verify`
    expect((await vault.raw('POST', path, verified)).body.value).toBe(true)
    const lines = vault.acknowledged().filter(({ operation }) => operation === 'restore')
    expect(lines.at(-1)).toMatchObject({ name: 'travelling', version: latest.properties.version, status: 200 })
  })

  it('refuse a name that a live key has', async () => {
    await vault.raw('POST', '/keys/here/create', { kty: 'EC' })
    const refused = await vault.raw('POST', '/keys/restore', { value: await backupOf('here') })
    expect([refused.status, refused.body.error.code]).toEqual([409, 'Conflict'])
  })

  it('look like the real thing and hold nothing in the clear', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const jwk = privateKey.export({ format: 'jwk' })
    await vault.raw('PUT', '/keys/opaque', { key: { ...jwk, kty: 'EC' }, tags: { note: 'in-the-clear' } })
    const text = Buffer.from(await backupOf('opaque'), 'base64url').toString('latin1')
    expect(text.startsWith(`${magic}ey`)).toBe(true)
    expect(text.slice(magic.length).split('.')).toHaveLength(5)
    const secret = Buffer.from(jwk.d ?? '', 'base64url')
    for (const form of [
      secret.toString('latin1'),
      secret.toString('base64'),
      secret.toString('hex'),
      jwk.d ?? '',
      'in-the-clear',
      'opaque',
    ])
      expect(text.includes(form)).toBe(false)
  })

  it('are refused in another region, in a Managed HSM and in another subscription', async () => {
    await vault.raw('POST', '/keys/bound/create', { kty: 'EC' })
    const value = await backupOf('bound')
    await remove('bound')
    for (const restore of [vault.rawStandard, vault.rawHsm, clientsOf(elsewhere.description).raw]) {
      const refused = await restore('POST', '/keys/restore', { value })
      expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
      expect(refused.body.error.message).toMatch(/another region, subscription or kind of vault/)
    }
    expect((await vault.raw('POST', '/keys/restore', { value })).status).toBe(200)
  })

  it('refuse what was changed, cut or never a backup, with one sentence', async () => {
    await vault.raw('POST', '/keys/spoilt/create', { kty: 'EC' })
    const good = Buffer.from(await backupOf('spoilt'), 'base64url')
    await remove('spoilt')
    const flipped = Buffer.from(good)
    flipped.writeUInt8(flipped.readUInt8(good.length - 40) ^ 1, good.length - 40)
    const changes = [
      flipped,
      good.subarray(0, -5),
      Buffer.from(magic),
      Buffer.from(`${magic}a.b.c.d.e`),
      Buffer.from('no'),
      Buffer.alloc(0),
    ]
    for (const changed of changes) {
      const refused = await vault.raw('POST', '/keys/restore', { value: changed.toString('base64url') })
      expect([refused.status, refused.body.error?.message]).toEqual([400, 'The backup is not valid.'])
    }
    expect((await vault.raw('POST', '/keys/restore', {})).status).toBe(400)
    expect((await vault.raw('GET', '/keys/spoilt')).status).toBe(404)
  })

  it('carry 500 versions, and refuse the next', async () => {
    for (let at = 0; at < 500; at += 1) await vault.raw('POST', '/keys/many/create', { kty: 'oct-HSM', key_size: 128 })
    const value = await backupOf('many')
    await vault.raw('POST', '/keys/many/create', { kty: 'oct-HSM', key_size: 128 })
    const refused = await vault.raw('POST', '/keys/many/backup')
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
    await remove('many')
    expect((await vault.raw('POST', '/keys/restore', { value })).status).toBe(200)
    let count = 0
    for await (const _version of vault.sdk.listPropertiesOfKeyVersions('many')) count += 1
    expect(count).toBe(500)
  }, 60_000)

  it('answer 404 for keys that are not there, deleted ones too', async () => {
    expect((await vault.raw('POST', '/keys/nowhere/backup')).status).toBe(404)
    await vault.raw('POST', '/keys/dropped/create', { kty: 'EC' })
    await vault.raw('DELETE', '/keys/dropped')
    expect((await vault.raw('POST', '/keys/dropped/backup')).status).toBe(404)
  })
})
