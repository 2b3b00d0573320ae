import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { CryptographyClient, type JsonWebKey, type KeyVaultKey } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loopbackOptions, startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
beforeAll(async () => {
  vault = await startTestVault()
})
afterAll(() => vault.stop())

const fast = { intervalInMs: 20 }

/** By id alone the client can't work locally before it has read the key, so each operation below is the vault's. */
const cryptography = (key: KeyVaultKey) => new CryptographyClient(key.id ?? '', vault.credential, loopbackOptions)

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

function privateJwk(kty: string, jwk: Record<string, unknown>): JsonWebKey {
  const bytes = Object.entries(jwk)
    .filter(([name]) => name !== 'kty' && name !== 'crv')
    .map(([name, value]) => [name, Buffer.from(String(value), 'base64url')])
  return { ...Object.fromEntries(bytes), kty, ...(jwk.crv ? { crv: String(jwk.crv) } : {}) }
}

describe('keys through the official client', () => {
  it('creates, reads, and reads a version', async () => {
    const created = await vault.sdk.createKey('first', 'RSA', { keySize: 2048, tags: { purpose: 'test' } })
    const again = await vault.sdk.createKey('first', 'RSA-HSM', { keySize: 3072, enabled: false })
    expect(created.keyOperations).toEqual(['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'])
    expect(created.properties).toMatchObject({
      enabled: true,
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
      hsmPlatform: '0',
    })
    expect((await vault.sdk.getKey('first')).id).toBe(again.id)
    const old = await vault.sdk.getKey('first', { version: created.properties.version ?? '' })
    expect(old.properties.tags).toEqual({ purpose: 'test' })
    expect(old.id).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/keys\/first\/[0-9a-f]{32}$/)
    const versions = await collect(vault.sdk.listPropertiesOfKeyVersions('first'))
    expect(versions.map(({ version }) => version).sort()).toEqual(
      [created, again].map(({ properties }) => properties.version).sort(),
    )
  })

  it('updates attributes, operations and tags of the addressed version only', async () => {
    const one = await vault.sdk.createEcKey('updated', { curve: 'P-256', tags: { a: '1' } })
    const two = await vault.sdk.createEcKey('updated', { curve: 'P-384' })
    const expiresOn = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000)
    const changed = await vault.sdk.updateKeyProperties('updated', one.properties.version ?? '', {
      enabled: false,
      expiresOn,
      keyOps: ['verify'],
      tags: { b: '2' },
    })
    expect(changed.properties).toMatchObject({ enabled: false, expiresOn, tags: { b: '2' } })
    expect(changed.keyOperations).toEqual(['verify'])
    expect((await vault.sdk.getKey('updated')).properties).toMatchObject({
      version: two.properties.version,
      enabled: true,
    })
    await vault.sdk.updateKeyProperties('updated', { tags: { latest: 'yes' } })
    expect((await vault.sdk.getKey('updated')).properties.tags).toEqual({ latest: 'yes' })
  })

  it('deletes softly, blocks the name, recovers and purges', async () => {
    const { properties } = await vault.sdk.createEcKey('gone')
    const deleted = await (await vault.sdk.beginDeleteKey('gone', fast)).pollUntilDone()
    expect(deleted.properties.recoveryId).toMatch(/\/deletedkeys\/gone$/)
    const days = (Number(deleted.properties.scheduledPurgeDate) - Number(deleted.properties.deletedOn)) / 86_400_000
    expect(days).toBe(90)
    await expect(vault.sdk.getKey('gone')).rejects.toMatchObject({ statusCode: 404, code: 'KeyNotFound' })
    await expect(vault.sdk.createEcKey('gone')).rejects.toMatchObject({
      statusCode: 409,
      code: 'Conflict',
      details: { error: { innerError: { code: 'ObjectIsDeletedButRecoverable' } } },
    })
    expect((await vault.sdk.getDeletedKey('gone')).properties.version).toBe(properties.version)
    expect((await collect(vault.sdk.listDeletedKeys())).map(({ name }) => name)).toContain('gone')
    const recovered = await (await vault.sdk.beginRecoverDeletedKey('gone', fast)).pollUntilDone()
    expect(recovered.properties.version).toBe(properties.version)
    await (await vault.sdk.beginDeleteKey('gone', fast)).pollUntilDone()
    await vault.sdk.purgeDeletedKey('gone')
    await expect(vault.sdk.getDeletedKey('gone')).rejects.toMatchObject({ statusCode: 404 })
    expect((await vault.sdk.createEcKey('gone')).name).toBe('gone')
  })

  it('lists sixty and more keys, over pages that deleted keys leave empty', async () => {
    const names = Array.from({ length: 66 }, (_unused, at) => `many-${String(at).padStart(2, '0')}`)
    for (const name of names) await vault.hsmSdk.createKey(name, 'oct-HSM', { keySize: 128 })
    for (const name of names.slice(0, 30)) await vault.rawHsm('DELETE', `/keys/${name}`)
    expect((await collect(vault.hsmSdk.listPropertiesOfKeys())).map(({ name }) => name)).toEqual(names.slice(30))
    const pages = await collect(vault.hsmSdk.listPropertiesOfKeys().byPage())
    expect(pages.map((page) => page.length)).toEqual([0, 20, 16])
    expect(await collect(vault.hsmSdk.listDeletedKeys())).toHaveLength(30)
  })

  it('imports clear JWKs, into software or with hardwareProtected into the HSM', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = privateJwk('RSA', { ...rsa.privateKey.export({ format: 'jwk' }) })
    expect((await vault.sdk.importKey('jwk-rsa', jwk)).keyType).toBe('RSA')
    const inHsm = await vault.sdk.importKey('jwk-rsa-hsm', jwk, { hardwareProtected: true, enabled: false })
    expect([inHsm.keyType, inHsm.properties.enabled, inHsm.properties.hsmPlatform]).toEqual(['RSA-HSM', false, '2'])
    const ec = generateKeyPairSync('ec', { namedCurve: 'secp521r1' })
    const imported = await vault.hsmSdk.importKey(
      'jwk-ec',
      privateJwk('EC-HSM', { ...ec.privateKey.export({ format: 'jwk' }) }),
    )
    expect(imported.key?.d).toBeUndefined()
    expect(Buffer.from(imported.key?.x ?? []).toString('base64url')).toBe(ec.publicKey.export({ format: 'jwk' }).x)
    const oct = { kty: 'oct-HSM', k: randomBytes(32) } as const
    expect((await vault.hsmSdk.importKey('jwk-oct', oct)).keyType).toBe('oct-HSM')
    await expect(vault.sdk.importKey('jwk-oct', oct)).rejects.toMatchObject({ statusCode: 400, code: 'BadParameter' })
    await expect(vault.hsmSdk.importKey('jwk-soft', jwk)).rejects.toMatchObject({ statusCode: 400 })
  })
})

describe('cryptography through the official client', () => {
  const digestOf = (hash: string) => createHash(hash).update('a message').digest()

  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const)(
    '%s signs what the client verifies',
    async (alg) => {
      const client = cryptography(await vault.sdk.createRsaKey('signer', { hsm: true, keySize: 2048 }))
      const digest = digestOf(`sha${alg.slice(2)}`)
      const { result } = await client.sign(alg, digest)
      expect((await client.verify(alg, digest, result)).result).toBe(true)
      expect((await client.verify(alg, randomBytes(digest.length), result)).result).toBe(false)
    },
  )

  it.each([
    ['ES256', 'P-256', 'sha256'],
    ['ES256K', 'P-256K', 'sha256'],
    ['ES384', 'P-384', 'sha384'],
    ['ES512', 'P-521', 'sha512'],
  ] as const)('%s signs what the client verifies', async (alg, curve, hash) => {
    const client = cryptography(await vault.sdk.createEcKey(`signer-${curve}`, { hsm: true, curve }))
    const { result } = await client.sign(alg, digestOf(hash))
    expect((await client.verify(alg, digestOf(hash), result)).result).toBe(true)
  })

  it.each(['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256'] as const)(
    '%s decrypts and unwraps what the client sealed',
    async (alg) => {
      const client = cryptography(await vault.sdk.createRsaKey('cipher', { keySize: 2048 }))
      const plaintext = randomBytes(32)
      const sealed = await client.encrypt({ algorithm: alg, plaintext })
      expect(Buffer.from((await client.decrypt({ algorithm: alg, ciphertext: sealed.result })).result)).toEqual(
        plaintext,
      )
      const wrapped = await client.wrapKey(alg, plaintext)
      expect(Buffer.from((await client.unwrapKey(alg, wrapped.result)).result)).toEqual(plaintext)
    },
  )

  it.each([128, 192, 256] as const)('AES-%i: GCM, CBC, CBCPAD and KW round trips', async (bits) => {
    const key = await vault.hsmSdk.createOctKey(`aes-${bits}`, { hsm: true, keySize: bits })
    const client = cryptography(key)
    const plaintext = randomBytes(32)
    const additionalAuthenticatedData = Buffer.from('aad')
    const gcm = await client.encrypt({ algorithm: `A${bits}GCM`, plaintext, additionalAuthenticatedData })
    const { result: ciphertext, iv = Buffer.alloc(0), authenticationTag = Buffer.alloc(0) } = gcm
    const opened = await client.decrypt({
      algorithm: `A${bits}GCM`,
      ciphertext,
      iv,
      authenticationTag,
      additionalAuthenticatedData,
    })
    expect(Buffer.from(opened.result)).toEqual(plaintext)
    for (const algorithm of [`A${bits}CBC`, `A${bits}CBCPAD`] as const) {
      const sealed = await client.encrypt({ algorithm, plaintext, iv: randomBytes(16) })
      const back = await client.decrypt({ algorithm, ciphertext: sealed.result, iv: sealed.iv ?? Buffer.alloc(0) })
      expect(Buffer.from(back.result)).toEqual(plaintext)
    }
    const wrapped = await client.wrapKey(`A${bits}KW`, plaintext)
    expect(Buffer.from((await client.unwrapKey(`A${bits}KW`, wrapped.result)).result)).toEqual(plaintext)
  })
})
