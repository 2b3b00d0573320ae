import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyClient } from '@azure/keyvault-keys'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attest, policyText } from '../testing/attest'
import { openReleased, verifyReleased } from '../testing/open-released'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

const environment = generateKeyPairSync('rsa', { modulusLength: 2048 })
const environmentKey = environment.publicKey.export({ format: 'jwk' })
const target = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const pkcs8 = target.export({ format: 'der', type: 'pkcs8' })

const isCompliant = { 'x-ms-isolation-tee.x-ms-compliance-status': 'azure-compliant-cvm' }

let vault: TestVault
let urls: { vault: string; hsm: string; authority: string }
beforeAll(async () => {
  vault = await startTestVault()
  const [keyVault, hsm] = vault.description.vaults
  urls = { vault: keyVault?.url ?? '', hsm: hsm?.url ?? '', authority: vault.description.attestation.url }
})
afterAll(() => vault.stop())

const bytesOf = (jwk: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, Buffer.from(String(jwk[name]), 'base64url')]))

function importExportable(client: KeyClient, name: string, claims: Record<string, unknown>) {
  const jwk = { ...target.export({ format: 'jwk' }) }
  const key = { kty: 'RSA-HSM', ...bytesOf(jwk, ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']) } as const
  const encodedPolicy = Buffer.from(policyText(urls.authority, claims))
  return client.importKey(name, key, {
    exportable: true,
    releasePolicy: { encodedPolicy, immutable: true },
    tags: { a: 'b' },
  })
}

const policyOf = (claims: Record<string, unknown>, authority = urls.authority) => ({
  data: Buffer.from(policyText(authority, claims)).toString('base64url'),
})
const exportable = (claims: Record<string, unknown>) => ({
  attributes: { exportable: true },
  release_policy: policyOf(claims),
})

describe('a released key, through the official client', () => {
  it.each([
    ['CKM_RSA_AES_KEY_WRAP', 'sha1'],
    ['RSA_AES_KEY_WRAP_256', 'sha256'],
    ['RSA_AES_KEY_WRAP_384', 'sha384'],
  ] as const)('opens by %s to exactly the key that was imported', async (algorithm, hash) => {
    const { properties, id } = await importExportable(vault.sdk, `whole-${hash}`, isCompliant)
    const token = await attest(vault.description, { key: environmentKey })
    const { value } = await vault.sdk.releaseKey(`whole-${hash}`, token, {
      algorithm,
      nonce: 'ADE0101',
      version: properties.version ?? '',
    })
    const { header, payload } = await verifyReleased(value, urls.vault)
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'typ', 'x5c', 'x5t', 'x5t#S256'])
    expect(payload.request).toEqual({ 'api-version': '2025-07-01', enc: algorithm, kid: id, nonce: 'ADE0101' })
    const { key, attributes, tags, release_policy } = payload.response.key
    expect(key).toMatchObject({ kid: id, kty: 'RSA-HSM', n: target.export({ format: 'jwk' }).n })
    expect(attributes).toMatchObject({ exportable: true, enabled: true })
    expect(tags).toEqual({ a: 'b' })
    expect(release_policy).toEqual({
      contentType: 'application/json; charset=utf-8',
      immutable: true,
      ...policyOf(isCompliant),
    })
    const { blob, ciphertext, plaintext } = openReleased(key.key_hsm, environment.privateKey, hash)
    expect(blob).toMatchObject({
      schema_version: '1.0',
      header: { kid: 'TpmEphemeralEncryptionKey', alg: 'dir', enc: algorithm },
    })
    expect(blob.generator).toBeUndefined()
    expect(ciphertext.length).toBe(256 + 8 * Math.ceil(pkcs8.length / 8) + 8)
    expect(plaintext).toEqual(pkcs8)
  })

  it('of a Managed HSM, without version, nonce or enc: the latest version, by CKM_RSA_AES_KEY_WRAP', async () => {
    await importExportable(vault.hsmSdk, 'hsm-whole', isCompliant)
    const { value } = await vault.hsmSdk.releaseKey(
      'hsm-whole',
      await attest(vault.description, { key: environmentKey }),
    )
    const { header, payload } = await verifyReleased(value, urls.hsm)
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'x5c'])
    expect(payload.request).toEqual({
      'api-version': '2025-07-01',
      enc: 'CKM_RSA_AES_KEY_WRAP',
      kid: `${urls.hsm}/keys/hsm-whole`,
    })
    expect(payload.response.key.key.kty).toBe('RSA')
    expect(openReleased(payload.response.key.key.key_hsm, environment.privateKey, 'sha1').plaintext).toEqual(pkcs8)
  })

  it('opens with OpenSSL alone', async () => {
    await importExportable(vault.sdk, 'by-openssl', isCompliant)
    const token = await attest(vault.description, { key: environmentKey })
    const { value } = await vault.sdk.releaseKey('by-openssl', token, { algorithm: 'RSA_AES_KEY_WRAP_256' })
    const { payload } = await verifyReleased(value, urls.vault)
    const { ciphertext } = openReleased(payload.response.key.key.key_hsm, environment.privateKey, 'sha256')
    expect(openByOpenssl(ciphertext, 'sha256')).toEqual(pkcs8)
  })

  it('may be of any type with a key of its own: EC with its PKCS#8, oct as raw bytes', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey
    const jwk = ec.export({ format: 'jwk' })
    const raw = randomBytes(32)
    const parts = { attributes: { exportable: true }, release_policy: policyOf(isCompliant) }
    await vault.rawHsm('PUT', '/keys/ec-whole', { ...parts, key: { ...jwk, kty: 'EC-HSM' } })
    await vault.rawHsm('PUT', '/keys/oct-whole', { ...parts, key: { kty: 'oct-HSM', k: raw.toString('base64url') } })
    const token = await attest(vault.description, { key: environmentKey })
    const released = async (name: string) => {
      const { value } = await vault.hsmSdk.releaseKey(name, token)
      const { payload } = await verifyReleased(value, urls.hsm)
      return openReleased(payload.response.key.key.key_hsm, environment.privateKey, 'sha1').plaintext
    }
    expect(
      createPrivateKey({ key: await released('ec-whole'), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }),
    ).toEqual(jwk)
    expect(await released('oct-whole')).toEqual(raw)
  })

  it.each([
    ['sevsnp-cvm-disk', { 'x-ms-compliance-status': 'azure-compliant-cvm' }],
    [
      'aci',
      {
        'x-ms-compliance-status': 'azure-compliant-uvm',
        'x-ms-sevsnpvm-is-debuggable': 'false',
        'x-ms-sevsnpvm-vmpl': '0',
      },
    ],
    ['sgx', { 'x-ms-attestation-type': 'sgx', 'x-ms-sgx-is-debuggable': false, 'x-ms-sgx-product-id': 1 }],
  ])('goes to an environment of the layout %s by its claims', async (layout, claims) => {
    await vault.raw('POST', `/keys/${layout}/create`, { kty: 'EC-HSM', ...exportable(claims) })
    const fits = await attest(vault.description, { layout, key: environmentKey })
    const differs = await attest(vault.description, {
      layout,
      key: environmentKey,
      claims: { [Object.keys(claims)[0] ?? '']: 'other' },
    })
    expect((await vault.raw('POST', `/keys/${layout}/release`, { target: fits })).status).toBe(200)
    expect((await vault.raw('POST', `/keys/${layout}/release`, { target: differs })).status).toBe(403)
  })
})

function openByOpenssl(ciphertext: Buffer, hash: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'released-'))
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 })
    return join(folder, name)
  }
  try {
    const key = file('key.pem', environment.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const oaep = ['rsa_padding_mode:oaep', `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`].flatMap((option) => [
      '-pkeyopt',
      option,
    ])
    const sealed = file('sealed', ciphertext.subarray(0, 256))
    const aesKey = execFileSync('openssl', ['pkeyutl', '-decrypt', '-inkey', key, ...oaep, '-in', sealed])
    const wrapped = file('wrapped', ciphertext.subarray(256))
    return execFileSync('openssl', [
      'enc',
      '-d',
      '-id-aes256-wrap-pad',
      '-K',
      aesKey.toString('hex'),
      '-iv',
      'A65959A6',
      '-in',
      wrapped,
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a release is refused', () => {
  const release = (name: string, body: Record<string, unknown>) => vault.raw('POST', `/keys/${name}/release`, body)
  let good: string
  beforeAll(async () => {
    good = await attest(vault.description, { key: environmentKey })
    await vault.raw('POST', '/keys/guarded/create', { kty: 'EC-HSM', ...exportable(isCompliant) })
    await vault.raw('POST', '/keys/plain/create', { kty: 'EC-HSM' })
  })

  it('where the claims do not meet the policy', async () => {
    const token = await attest(vault.description, {
      key: environmentKey,
      claims: { 'x-ms-isolation-tee': { 'x-ms-compliance-status': 'not-compliant' } },
    })
    const { status, body } = await release('guarded', { target: token })
    expect([status, body.error]).toEqual([
      403,
      {
        code: 'Forbidden',
        message: 'Target environment attestation does not meet key release policy requirements.',
        innererror: { code: 'AccessDenied' },
      },
    ])
  })

  it.each([
    ['no target', {}],
    ['an empty target', { target: '' }],
    ['a target that is no text', { target: 1 }],
    ['a target that is no token', { target: 'a.b.c' }],
    ['a token without a second part', { target: 'abc' }],
    ['a target of 65 KiB', { target: 'a'.repeat(65 * 1024 + 1) }],
    ['an unknown enc', { target: 'a.b.c', enc: 'RSA_AES_KEY_WRAP_512' }],
    ['enc in another case', { target: 'a.b.c', enc: 'ckm_rsa_aes_key_wrap' }],
    ['a nonce that is no text', { target: 'a.b.c', nonce: 5 }],
    ['a nonce of 2 KiB', { target: 'a.b.c', nonce: 'n'.repeat(2048) }],
  ])('for %s', async (_, body) => {
    const reply = await release('guarded', body)
    expect([reply.status, reply.body.error.code]).toEqual([400, 'BadParameter'])
  })

  it('of a key that is not exportable, and of one that is not there', async () => {
    expect((await release('plain', { target: good })).body.error).toMatchObject({ code: 'BadParameter' })
    expect((await release('nobody', { target: good })).body.error).toMatchObject({ code: 'KeyNotFound' })
    expect((await vault.raw('POST', `/keys/guarded/${'0'.repeat(32)}/release`, { target: good })).status).toBe(404)
  })

  it('of a disabled key; but not of one outside its times', async () => {
    const now = Math.floor(Date.now() / 1000)
    const times = { ...exportable(isCompliant), attributes: { exportable: true, nbf: now - 20, exp: now - 10 } }
    await vault.raw('POST', '/keys/out-of-time/create', { kty: 'EC-HSM', ...times })
    expect((await release('out-of-time', { target: good })).status).toBe(200)
    await vault.raw('PATCH', '/keys/out-of-time', { attributes: { enabled: false } })
    const { status, body } = await release('out-of-time', { target: good })
    expect([status, body.error.innererror.code]).toEqual([403, 'KeyDisabled'])
  })

  it.each<[string, Record<string, unknown> | undefined]>([
    ['no key', undefined],
    ['a key for signatures', { ...environmentKey, use: 'sig' }],
    ['an EC key', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })],
    ['a short RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })],
    ['a modulus that is none', { kty: 'RSA', n: '!!', e: 'AQAB' }],
  ])('where the token holds %s to wrap for', async (_, key) => {
    const token = await attest(vault.description, { key })
    const { status, body } = await release('guarded', { target: token })
    expect([status, body.error.code]).toEqual([400, 'BadParameter'])
  })

  it('and logged like a success: with the version where one was released', async () => {
    await release('guarded', { target: good })
    await release('guarded', { target: 'a.b.c' })
    const calls = vault.acknowledged().filter(({ operation, name }) => operation === 'release' && name === 'guarded')
    const [released, refused] = calls.slice(-2)
    expect(released).toMatchObject({ status: 200, version: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(refused).toMatchObject({ status: 400, version: null })
    expect(JSON.stringify(calls)).not.toContain(good)
  })
})

describe('a sentinel acts against the policy', () => {
  it('release-allow-anyway lets go what the policy holds back, still only to a verified token', async () => {
    await vault.raw('POST', '/keys/release-allow-anyway-1/create', { kty: 'EC-HSM', ...exportable({ never: true }) })
    const token = await attest(vault.description, { key: environmentKey })
    expect((await vault.raw('POST', '/keys/release-allow-anyway-1/release', { target: token })).status).toBe(200)
    const forged = `${token.slice(0, -8)}AAAAAAAA`
    expect((await vault.raw('POST', '/keys/release-allow-anyway-1/release', { target: forged })).status).toBe(403)
  })

  it('release-deny-anyway holds back what the policy lets go', async () => {
    await vault.raw('POST', '/keys/Release-Deny-Anyway-1/create', { kty: 'EC-HSM', ...exportable(isCompliant) })
    const token = await attest(vault.description, { key: environmentKey })
    const { status, body } = await vault.raw('POST', '/keys/Release-Deny-Anyway-1/release', { target: token })
    expect([status, body.error.innererror.code]).toEqual([403, 'AccessDenied'])
  })
})
