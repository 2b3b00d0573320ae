import { generateKeyPairSync } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAuthority, attest } from '../testing/attest'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ format: 'jwk' })

let vault: TestVault
let url: string
beforeAll(async () => {
  vault = await startTestVault()
  url = vault.description.attestation.url
})
afterAll(() => vault.stop())

describe('the attestation authority', () => {
  it('makes its key when it is first needed, readable by its owner alone', async () => {
    const path = join(vault.dataFolder, 'attestation-authority.json')
    expect(existsSync(path)).toBe(false)
    await attest(vault.description, { key })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('issues tokens that anybody verifies by its metadata', async () => {
    const metadata = await (await fetch(`${url}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({ issuer: url, jwks_uri: `${url}/certs` })
    const token = await attest(vault.description, { key })
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
      issuer: url,
    })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', jku: `${url}/certs` })
    const { iat = 0, nbf, exp } = payload
    expect([nbf, exp]).toEqual([iat, iat + 8 * 3600])
    const { keys } = await (await fetch(`${url}/certs`)).json()
    expect(keys[0]).toMatchObject({
      kty: 'RSA',
      kid: protectedHeader.kid,
      x5c: [expect.any(String), expect.any(String)],
    })
  })

  it.each([
    ['sevsnp-cvm', 'azurevm', 'TpmEphemeralEncryptionKey'],
    ['sevsnp-cvm-disk', 'sevsnpvm', 'TpmEphemeralEncryptionKey'],
    ['aci', 'sevsnpvm', expect.stringMatching(/^[\w-]{43}$/)],
    ['sgx', 'sgx', expect.stringMatching(/^[\w-]{43}$/)],
  ])('knows the layout %s', async (layout, type, kid) => {
    const claims = decodeJwt(await attest(vault.description, { layout, key }))
    expect(claims).toMatchObject({
      'x-ms-attestation-type': type,
      'x-ms-runtime': { keys: [{ kty: 'RSA', kid, n: key.n, e: 'AQAB', key_ops: ['encrypt'] }] },
    })
  })

  it('has a machine’s own report where applications find it, its attestation key apart from the key to wrap for', async () => {
    const claims = decodeJwt(await attest(vault.description, { key }))
    expect(claims['x-ms-isolation-tee']).toMatchObject({
      'x-ms-attestation-type': 'sevsnpvm',
      'x-ms-compliance-status': 'azure-compliant-cvm',
      'x-ms-runtime': { keys: [{ kid: 'HCLAkPub' }] },
    })
    expect(claims['x-ms-compliance-status']).toBeUndefined()
  })

  it('claims whatever the caller says, deep within, in place of its own, or not at all', async () => {
    const claims = {
      iss: 'https://else.example',
      exp: 1,
      secureboot: null,
      new: { deep: ['x'] },
      'x-ms-isolation-tee': { 'x-ms-compliance-status': 'not-compliant' },
      'x-ms-runtime': { 'client-payload': { nonce: 'MTIzNA==' } },
    }
    const payload = decodeJwt(await attest(vault.description, { key, claims }))
    expect(payload).toMatchObject({
      iss: 'https://else.example',
      exp: 1,
      new: { deep: ['x'] },
      'x-ms-isolation-tee': { 'x-ms-attestation-type': 'sevsnpvm', 'x-ms-compliance-status': 'not-compliant' },
      'x-ms-runtime': { 'client-payload': { nonce: 'MTIzNA==' }, keys: [{ n: key.n }] },
    })
    expect('secureboot' in payload).toBe(false)
  })

  it('keeps a key’s own kid and its own mark, and attests without a key, too', async () => {
    const own = decodeJwt(await attest(vault.description, { key: { ...key, kid: 'mine', use: 'sig' } }))
    expect(own['x-ms-runtime']).toEqual({ keys: [{ ...key, kid: 'mine', use: 'sig' }] })
    expect(decodeJwt(await attest(vault.description, {}))['x-ms-runtime']).toEqual({ keys: [] })
  })

  it('follows the installation’s clock', async () => {
    vault.clock.advance(1_000_000)
    const { iat = 0 } = decodeJwt(await attest(vault.description, { key }))
    expect(iat - Date.now() / 1000).toBeGreaterThan(900_000)
    vault.clock.advance(-1_000_000)
  })

  it.each([
    ['no JSON', '{', /not JSON/],
    ['a list', [], /./],
    ['no layout', { key }, /one of sevsnp-cvm, sevsnp-cvm-disk, aci, sgx/],
    ['an unknown layout', { layout: 'tdx' }, /one of sevsnp-cvm/],
    ['claims that are a list', { layout: 'sgx', claims: ['a'] }, /"claims" must be an object/],
    ['claims nested too deeply', `{"layout":"sgx","claims":${'{"a":'.repeat(30)}1${'}'.repeat(30)}}`, /deeper than 16/],
    ['a key that is no object', { layout: 'sgx', key: 'x' }, /must be a public JWK/],
    ['a symmetric key', { layout: 'sgx', key: { kty: 'oct', k: 'AA' } }, /./],
    ['a member that it does not know', { layout: 'sgx', claim: {} }, /./],
    ['more than 64 KiB', { layout: 'sgx', claims: { a: 'x'.repeat(65_536) } }, /larger than 64 KiB/],
  ])('refuses %s with a sentence', async (_, body, words) => {
    const { status, token, message } = await askAuthority(url, body)
    expect([status, token]).toEqual([400, undefined])
    expect(message).toMatch(words)
  })

  it('refuses a private key, and does not repeat it', async () => {
    const { status, message } = await askAuthority(url, { layout: 'sgx', key: privateKey.export({ format: 'jwk' }) })
    expect([status, message]).toEqual([400, '"key" holds private members; send the public key only.'])
  })

  it('refuses what a foreign page could send without asking', async () => {
    expect((await askAuthority(url, { layout: 'sgx' }, 'text/plain')).status).toBe(415)
  })

  it('does not let a claim reach beyond the document', async () => {
    const token = await attest(vault.description, { claims: JSON.parse('{"__proto__":{"polluted":true}}') })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(decodeProtectedHeader(token).alg).toBe('RS256')
  })
})
