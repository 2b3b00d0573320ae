import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BareClient, bareClient } from '../testing/bare-client'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

let vault: TestVault
let ask: BareClient
let askVault: BareClient
beforeAll(async () => {
  vault = await startTestVault()
  askVault = await bareClient(vault.description, 0)
  ask = await bareClient(vault.description, 1)
})
afterAll(() => vault.stop())

describe('random bytes', () => {
  it.each([1, 32, 128])('%i of them, through the official client', async (count) => {
    const [first, second] = [await vault.hsmSdk.getRandomBytes(count), await vault.hsmSdk.getRandomBytes(count)]
    expect([first.length, second.length]).toEqual([count, count])
    if (count > 1) expect(Buffer.from(first).equals(second)).toBe(false)
  })

  it.each([{ count: 0 }, { count: 129 }, { count: -1 }, { count: 1.5 }, { count: '8' }, {}])('not %o', async (body) => {
    const refused = await ask('POST', '/rng', body)
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'BadParameter'])
  })

  it('are of a Managed HSM only', async () => {
    expect((await askVault('POST', '/rng', { count: 8 })).status).toBe(404)
    expect((await ask('GET', '/rng')).status).toBe(405)
  })
})

/** Verifies the chain and the statement as somebody who trusts the root alone would. */
function readStatement(chainPem: string, statement: string, root: X509Certificate): Record<string, unknown> {
  const [leaf, issuer] = chainPem.split(/(?<=-----END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem))
  if (!leaf || !issuer) throw new Error('the chain has no two certificates')
  expect(issuer.raw.equals(root.raw)).toBe(true)
  expect(issuer.ca && leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true)
  const [header = '', payload = '', signature = ''] = statement.split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'ES256' })
  const key = { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' as const }
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

describe('key attestation', () => {
  const text = (value: string | undefined) => Buffer.from(value ?? '', 'base64url').toString()
  const rootOf = (folder: string) => {
    const { chain } = JSON.parse(readFileSync(join(folder, 'key-attestation.json'), 'utf8'))
    return new X509Certificate(chain.at(-1))
  }

  it.each([
    ['RSA-HSM', { key_size: 3072 }, { key_size: 3072 }],
    ['EC-HSM', { crv: 'P-256K' }, { crv: 'P-256K' }],
  ])('of %s: both halves, about this very version', async (kty, shape, stated) => {
    const name = `attested-${kty}`
    await ask('POST', `/keys/${name}/create`, { kty, ...shape })
    const { body: latest } = await ask('POST', `/keys/${name}/create`, { kty, ...shape })
    const { status, body } = await ask('GET', `/keys/${name}/attestation`)
    expect(status).toBe(200)
    expect(body.key).toEqual(latest.key)
    const { certificatePemFile, privateKeyAttestation, publicKeyAttestation, version } =
      body.attributes?.attestation ?? {}
    expect(version).toBe('1.0')
    for (const [part, blob] of [
      ['private', privateKeyAttestation],
      ['public', publicKeyAttestation],
    ]) {
      const statement = readStatement(text(certificatePemFile), text(blob), rootOf(vault.dataFolder))
      const { kid, n, e, crv, x, y } = latest.key ?? {}
      expect(statement).toMatchObject({ part, kid, kty, exportable: false, ...stated })
      expect(statement).toMatchObject(kty === 'RSA-HSM' ? { n, e } : { crv, x, y })
    }
  })

  it('of a symmetric key: the private half alone', async () => {
    const { body: created } = await ask('POST', '/keys/attested-oct/create', { kty: 'oct-HSM', key_size: 192 })
    const version = created.key?.kid.split('/').at(-1)
    const { body } = await ask('GET', `/keys/attested-oct/${version}/attestation`)
    const { certificatePemFile, privateKeyAttestation, ...rest } = body.attributes?.attestation ?? {}
    expect(rest).toEqual({ version: '1.0' })
    const statement = readStatement(text(certificatePemFile), text(privateKeyAttestation), rootOf(vault.dataFolder))
    expect(statement).toMatchObject({ part: 'private', kid: created.key?.kid, kty: 'oct-HSM', key_size: 192 })
  })

  it('through the official client', async () => {
    const key = await vault.hsmSdk.createEcKey('attested-sdk', { hsm: true })
    const { properties } = await vault.hsmSdk.getKeyAttestation('attested-sdk')
    const attestation = properties.attestation
    expect(Buffer.from(attestation?.certificatePemFile ?? []).toString()).toMatch(/^-----BEGIN CERTIFICATE-----/)
    const statement = readStatement(
      Buffer.from(attestation?.certificatePemFile ?? []).toString(),
      Buffer.from(attestation?.publicKeyAttestation ?? []).toString(),
      rootOf(vault.dataFolder),
    )
    const jwk = { kty: 'EC', crv: String(statement.crv), x: String(statement.x), y: String(statement.y) }
    expect(createPublicKey({ format: 'jwk', key: jwk }).asymmetricKeyType).toBe('ec')
    expect(statement.kid).toBe(key.id)
  })

  it('is of a Managed HSM only, since 7.6, of keys that exist, and not part of what get answers', async () => {
    await askVault('POST', '/keys/in-vault/create', { kty: 'EC-HSM' })
    expect((await askVault('GET', '/keys/in-vault/attestation')).status).toBe(404)
    const old = await ask('GET', '/keys/attested-oct/attestation?api-version=7.5')
    expect([old.status, old.body.error?.code]).toEqual([404, 'NotFound'])
    expect((await ask('GET', '/keys/attested-oct/attestation?api-version=7.6')).status).toBe(200)
    const none = await ask('GET', '/keys/none/attestation')
    expect([none.status, none.body.error?.code]).toEqual([404, 'KeyNotFound'])
    expect((await ask('GET', '/keys/attested-oct')).body.attributes).not.toHaveProperty('attestation')
  })

  it("keeps the authority's key to its owner, and has no use for the root's", () => {
    const path = join(vault.dataFolder, 'key-attestation.json')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8').match(/PRIVATE KEY-----/g)).toHaveLength(2)
  })
})
