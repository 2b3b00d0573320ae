import {
  createECDH,
  createHash,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildBlob, type KekJwk, sealFor, transferBlob } from '../testing/build-transfer-blob'
import type { RawClient } from '../testing/raw-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
let kek: KekJwk
let hsmKek: KekJwk

const kekRequest = { kty: 'RSA-HSM', key_size: 2048, key_ops: ['import'] }

async function createKek(client: RawClient, name: string, changes: object = {}): Promise<KekJwk> {
  const { status, body } = await client('POST', `/keys/${name}/create`, { ...kekRequest, ...changes })
  expect(status).toBe(200)
  return body.key
}

const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' })
const importBody = (key: object, blob: Buffer, more: object = {}) => ({
  key: { ...key, key_hsm: blob.toString('base64url') },
  attributes: { enabled: true },
  ...more,
})

beforeAll(async () => {
  vault = await startTestVault()
  kek = await createKek(vault.raw, 'kek')
  hsmKek = await createKek(vault.rawHsm, 'kek', { key_size: 3072 })
})
afterAll(() => vault.stop())

function both(): [string, RawClient, KekJwk][] {
  return [
    ['vault', vault.raw, kek],
    ['managed HSM', vault.rawHsm, hsmKek],
  ]
}

describe('a transfer blob is really unwrapped', () => {
  it.each([2048, 3072, 4096])('RSA %i: the vault signs with the key that was sealed', async (modulusLength) => {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength })
    for (const [where, client, under] of both()) {
      const name = `rsa-${modulusLength}`
      const imported = await client(
        'PUT',
        `/keys/${name}`,
        importBody({ kty: 'RSA-HSM' }, transferBlob(under, pkcs8(pair.privateKey))),
      )
      expect(imported.status, where).toBe(200)
      expect(imported.body.key.n).toBe(pair.publicKey.export({ format: 'jwk' }).n)
      expect(imported.body.attributes.hsmPlatform).toBe('2')
      const digest = createHash('sha256').update('a message').digest()
      const signed = await client('POST', `/keys/${name}/sign`, { alg: 'RS256', value: digest.toString('base64url') })
      expect(
        verify('sha256', Buffer.from('a message'), pair.publicKey, Buffer.from(signed.body.value, 'base64url')),
      ).toBe(true)
    }
  })

  it.each([
    ['P-256', 'prime256v1', 'ES256', 'sha256'],
    ['P-256K', 'secp256k1', 'ES256K', 'sha256'],
    ['P-384', 'secp384r1', 'ES384', 'sha384'],
    ['P-521', 'secp521r1', 'ES512', 'sha512'],
  ])('EC %s: the vault signs with the key that was sealed', async (crv, namedCurve, alg, hash) => {
    const pair = generateKeyPairSync('ec', { namedCurve })
    for (const [where, client, under] of both()) {
      const name = `ec-${crv}`
      const imported = await client(
        'PUT',
        `/keys/${name}`,
        importBody({ kty: 'EC-HSM', crv }, transferBlob(under, pkcs8(pair.privateKey))),
      )
      expect(imported.status, where).toBe(200)
      expect(imported.body.key).toMatchObject({ crv, x: pair.publicKey.export({ format: 'jwk' }).x })
      const digest = createHash(hash).update('a message').digest()
      const signed = await client('POST', `/keys/${name}/sign`, { alg, value: digest.toString('base64url') })
      const key = { key: pair.publicKey, dsaEncoding: 'ieee-p1363' as const }
      expect(verify(hash, Buffer.from('a message'), key, Buffer.from(signed.body.value, 'base64url'))).toBe(true)
    }
  })

  it.each([128, 192, 256])('oct %i: the managed HSM encrypts with it; the vault refuses the type', async (bits) => {
    const bytes = randomBytes(bits / 8)
    const name = `oct-${bits}`
    const imported = await vault.rawHsm(
      'PUT',
      `/keys/${name}`,
      importBody({ kty: 'oct-HSM' }, transferBlob(hsmKek, bytes)),
    )
    expect(imported.status).toBe(200)
    expect(imported.body.key).not.toHaveProperty('k')
    const zero = Buffer.alloc(16).toString('base64url')
    const sealed = await vault.rawHsm('POST', `/keys/${name}/encrypt`, { alg: `A${bits}CBC`, value: zero, iv: zero })
    const { createCipheriv } = await import('node:crypto')
    const local = createCipheriv(`aes-${bits}-cbc`, bytes, Buffer.alloc(16))
      .setAutoPadding(false)
      .update(Buffer.alloc(16))
    expect(sealed.body.value).toBe(local.toString('base64url'))
    const refused = await vault.raw('PUT', `/keys/${name}`, importBody({ kty: 'oct-HSM' }, transferBlob(kek, bytes)))
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
  })

  it('takes the standard base64 alphabet with padding, in the blob and around it', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const blob = buildBlob(kek.kid, Buffer.alloc(0), {
      ciphertext: sealFor(kek, pkcs8(pair.privateKey)).toString('base64'),
    })
    const body = { hsm: false, key: { kty: 'EC-HSM', crv: 'P-256', key_hsm: blob.toString('base64') } }
    expect((await vault.raw('PUT', '/keys/standard-base64', body)).status).toBe(200)
    expect((await vault.raw('POST', '/keys/standard-base64-b/import', body)).status).toBe(200)
  })

  it.each([
    ['P-256', 'prime256v1', '06082a8648ce3d030107'],
    ['P-521', 'secp521r1', '06052b81040023'],
    ['P-256K', 'secp256k1', '06052b8104000a'],
  ])('computes the public key of a %s PKCS#8 that has none', async (crv, curve, oid) => {
    const ecdh = createECDH(curve)
    ecdh.generateKeys()
    const der = pkcs8WithoutPublicKey(ecdh.getPrivateKey(), crv === 'P-521' ? 66 : 32, oid)
    const { status, body } = await vault.raw(
      'PUT',
      `/keys/no-public-${crv}`,
      importBody({ kty: 'EC-HSM', crv }, transferBlob(kek, der)),
    )
    expect(status).toBe(200)
    const point = ecdh.getPublicKey()
    expect(body.key.x).toBe(point.subarray(1, (point.length + 1) / 2).toString('base64url'))
    expect(
      createPublicKey({ format: 'jwk', key: { ...body.key, crv: crv === 'P-256K' ? 'secp256k1' : crv, kty: 'EC' } })
        .type,
    ).toBe('public')
  })

  it.each([0, 1, 7])('takes DER followed by %i zero bytes', async (count) => {
    const der = pkcs8(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey)
    const padded = Buffer.concat([der, Buffer.alloc(count)])
    const { status } = await vault.raw(
      'PUT',
      `/keys/padded-${count}`,
      importBody({ kty: 'EC-HSM', crv: 'P-256' }, transferBlob(kek, padded)),
    )
    expect(status).toBe(200)
  })
})

describe('a blob that does not fit is refused with a 400, and leaves no key', () => {
  const target = () => pkcs8(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey)
  const flip = (bytes: Buffer, at: number) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))

  it.each<[string, () => Buffer]>([
    ['OAEP with SHA-256', () => buildBlob(kek.kid, sealFor(kek, target(), 'sha256'))],
    ['a changed wrapped part', () => buildBlob(kek.kid, flip(sealFor(kek, target()), 300))],
    ['a changed OAEP block', () => buildBlob(kek.kid, flip(sealFor(kek, target()), 3))],
    ['a cut ciphertext', () => buildBlob(kek.kid, sealFor(kek, target()).subarray(0, -8))],
    ['only the OAEP block', () => buildBlob(kek.kid, sealFor(kek, target()).subarray(0, 256))],
    ['another KEK of another vault', () => transferBlob(hsmKek, target())],
    ['a kid without a version', () => buildBlob(kek.kid.slice(0, -33), sealFor(kek, target()))],
    [
      'a kid whose version does not exist',
      () => buildBlob(`${kek.kid.slice(0, -32)}${'0'.repeat(32)}`, sealFor(kek, target())),
    ],
    ['a released blob', () => buildBlob(kek.kid, sealFor(kek, target()), { schema_version: '1.0' })],
    [
      'another wrapping',
      () =>
        buildBlob(kek.kid, sealFor(kek, target()), {
          header: { kid: kek.kid, alg: 'dir', enc: 'RSA_AES_KEY_WRAP_256' },
        }),
    ],
    ['8 zero bytes behind the DER', () => transferBlob(kek, Buffer.concat([target(), Buffer.alloc(8)]))],
    ['a tail that is not zero', () => transferBlob(kek, Buffer.concat([target(), Buffer.of(1)]))],
    ['no key inside', () => transferBlob(kek, Buffer.from('no key at all'))],
    ['an RSA key', () => transferBlob(kek, pkcs8(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey))],
    [
      'another curve',
      () => transferBlob(kek, pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey)),
    ],
    [
      'a Brainpool key',
      () => transferBlob(kek, pkcs8(generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).privateKey)),
    ],
    // Node exports such a key as a JWK by ending the process.
    [
      'a scalar longer than the order',
      () => transferBlob(kek, pkcs8WithoutPublicKey(Buffer.alloc(33, 7), 33, '06082a8648ce3d030107')),
    ],
    ['a scalar of zero', () => transferBlob(kek, pkcs8WithoutPublicKey(Buffer.alloc(32), 32, '06082a8648ce3d030107'))],
    [
      'a scalar beyond the order',
      () => transferBlob(kek, pkcs8WithoutPublicKey(Buffer.alloc(32, 0xff), 32, '06082a8648ce3d030107')),
    ],
    [
      'an RSA-PSS key',
      () => transferBlob(kek, pkcs8(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey)),
    ],
    ['an Ed25519 key', () => transferBlob(kek, pkcs8(generateKeyPairSync('ed25519').privateKey))],
    ['no JSON', () => Buffer.from('{')],
    ['an empty object', () => Buffer.from('{}')],
  ])('%s', async (_what, makeBlob) => {
    const refused = await vault.raw('PUT', '/keys/refused', importBody({ kty: 'EC-HSM', crv: 'P-256' }, makeBlob()))
    expect([refused.status, refused.body.error.code]).toEqual([400, 'BadParameter'])
    expect((await vault.raw('GET', '/keys/refused')).status).toBe(404)
  })

  it('an RSA key of 1024 bits', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const refused = await vault.raw(
      'PUT',
      '/keys/refused',
      importBody({ kty: 'RSA-HSM' }, transferBlob(kek, pkcs8(privateKey))),
    )
    expect(refused.status).toBe(400)
  })
})

describe('a key exchange key', () => {
  const attempt = async (under: KekJwk) =>
    vault.raw('PUT', '/keys/under-rule', importBody({ kty: 'RSA-HSM' }, transferBlob(under, Buffer.alloc(64))))

  it('excludes every other operation, and is RSA-HSM', async () => {
    const mixed = await vault.raw('POST', '/keys/mixed/create', { ...kekRequest, key_ops: ['import', 'wrapKey'] })
    expect(mixed.body.error).toMatchObject({ code: 'BadParameter', message: 'Unsupported key operation(s): "wrapKey"' })
    expect((await vault.raw('POST', '/keys/mixed/create', { ...kekRequest, kty: 'RSA' })).status).toBe(400)
    expect((await vault.raw('POST', '/keys/mixed/create', { kty: 'EC-HSM', key_ops: ['import'] })).status).toBe(400)
  })

  it('must be made for import, enabled and in its time', async () => {
    const ordinary = await createKek(vault.raw, 'ordinary', { key_ops: ['wrapKey', 'unwrapKey'] })
    expect((await attempt(ordinary)).body.error.innererror.code).toBe('KeyOperationForbidden')
    const disabled = await createKek(vault.raw, 'disabled-kek', { attributes: { enabled: false } })
    expect((await attempt(disabled)).body.error.innererror.code).toBe('KeyDisabled')
    const expired = await createKek(vault.raw, 'expired-kek', { attributes: { exp: 1_700_000_000 } })
    expect((await attempt(expired)).body.error.innererror.code).toBe('KeyExpired')
  })

  it('is of no use once deleted', async () => {
    const deleted = await createKek(vault.raw, 'deleted-kek')
    await vault.raw('DELETE', '/keys/deleted-kek')
    expect((await attempt(deleted)).status).toBe(400)
  })

  it('can do nothing else', async () => {
    const digest = Buffer.alloc(32).toString('base64url')
    const refused = await vault.raw('POST', '/keys/kek/sign', { alg: 'RS256', value: digest })
    expect([refused.status, refused.body.error.innererror.code]).toEqual([403, 'KeyOperationForbidden'])
  })
})

/** RFC 5208 around an RFC 5915 ECPrivateKey that leaves its optional public key out, as some tokens write it. */
function pkcs8WithoutPublicKey(scalar: Buffer, length: number, oid: string): Buffer {
  const der = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts)
    const size = content.length < 128 ? [content.length] : [0x81, content.length]
    return Buffer.concat([Buffer.from([tag, ...size]), content])
  }
  const hex = (text: string) => Buffer.from(text, 'hex')
  const padded = Buffer.concat([Buffer.alloc(length - scalar.length), scalar])
  const inner = der(0x30, hex('020101'), der(0x04, padded))
  return der(0x30, hex('020100'), der(0x30, hex('06072a8648ce3d0201'), hex(oid)), der(0x04, inner))
}
