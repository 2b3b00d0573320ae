import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toEcdsaSigValue } from '@/lib/testing/journey/ecdsa-signature'
import { type BareClient, bareClient } from '../testing/bare-client'
import { openssl, opensslOutput } from '../testing/openssl'
import { startTestVault, type TestVault } from '../testing/start-test-vault'
import { type AlgorithmName, cipherAlgorithms, signatureAlgorithms } from './cryptography/algorithms'

// The openssl program verifies each signature, opens what the vault sealed, and seals what the vault opens.

let vault: TestVault
let ask: BareClient
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const rsaPem = rsa.privateKey.export({ format: 'pem', type: 'pkcs8' })
const octKeys = { 128: randomBytes(16), 192: randomBytes(24), 256: randomBytes(32) }
const sizes = [128, 192, 256] as const
const tried = new Set<string>()

beforeAll(async () => {
  vault = await startTestVault()
  ask = await bareClient(vault.description, 1)
  const key_ops = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify']
  const jwk = { ...rsa.privateKey.export({ format: 'jwk' }), kty: 'RSA-HSM', key_ops }
  expect((await ask('PUT', '/keys/rsa', { key: jwk })).status).toBe(200)
  for (const bits of sizes) {
    const key = { kty: 'oct-HSM', k: octKeys[bits].toString('base64url'), key_ops }
    expect((await ask('PUT', `/keys/oct-${bits}`, { key })).status).toBe(200)
  }
})
afterAll(() => vault.stop())

async function call(path: string, body: Record<string, string | Buffer | undefined>) {
  if (typeof body.alg === 'string') tried.add(body.alg)
  const encoded = Object.entries(body).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString('base64url') : value,
  ])
  const reply = await ask('POST', `/keys/${path}`, Object.fromEntries(encoded))
  expect([path, reply.status, reply.body.error?.message]).toEqual([path, 200, undefined])
  const bytes = (value: unknown) => Buffer.from(String(value ?? ''), 'base64url')
  const { value, iv, tag } = reply.body
  return { value: bytes(value), iv: bytes(iv), tag: bytes(tag), verdict: value }
}

async function publicPem(name: string): Promise<string> {
  const { body } = await ask('GET', `/keys/${name}`)
  const { n, e, crv, x, y } = body.key ?? {}
  const jwk: JsonWebKey =
    n && e
      ? { kty: 'RSA', n, e }
      : { kty: 'EC', crv: crv === 'P-256K' ? 'secp256k1' : (crv ?? ''), x: x ?? '', y: y ?? '' }
  return createPublicKey({ format: 'jwk', key: jwk }).export({ format: 'pem', type: 'spki' }).toString()
}

/** `pkeyutl` takes the digest itself, as the vault does. */
function verifies(pem: string, options: string[], value: Buffer, signature: Buffer): boolean {
  const args = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-in', 'value', '-sigfile', 'signature']
  const pkeyOptions = options.flatMap((option) => ['-pkeyopt', option])
  const { ok, output } = openssl([...args, ...pkeyOptions], { 'key.pem': pem, value, signature })
  expect(output.toString().trim()).toBe(ok ? 'Signature Verified Successfully' : 'Signature Verification Failure')
  return ok
}

const digestLength = (alg: string) => Number(alg.slice(2, 5)) / 8
const changed = (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))

describe('openssl verifies', () => {
  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'RSNULL'])('%s', async (alg) => {
    const value = randomBytes(alg === 'RSNULL' ? 36 : digestLength(alg)) // TLS 1.1 signs MD5 and SHA-1 side by side
    const digest = alg === 'RSNULL' ? [] : [`digest:sha${alg.slice(2)}`]
    const padding = alg.startsWith('PS')
      ? ['rsa_padding_mode:pss', 'rsa_pss_saltlen:digest']
      : ['rsa_padding_mode:pkcs1']
    const options = [...padding.slice(0, 1), ...digest, ...padding.slice(1)]
    const { value: signature } = await call('rsa/sign', { alg, value })
    const pem = await publicPem('rsa')
    expect(verifies(pem, options, value, signature)).toBe(true)
    expect(verifies(pem, options, changed(value), signature)).toBe(false)
    // And the other way: the vault verifies what openssl signed, and nothing else.
    const sign = [
      'pkeyutl',
      '-sign',
      '-inkey',
      'key.pem',
      '-in',
      'value',
      ...options.flatMap((option) => ['-pkeyopt', option]),
    ]
    const theirs = opensslOutput(sign, { 'key.pem': rsaPem, value })
    expect((await call('rsa/verify', { alg, digest: value, value: theirs })).verdict).toBe(true)
    expect((await call('rsa/verify', { alg, digest: changed(value), value: theirs })).verdict).toBe(false)
  })

  it.each([
    ['ES256', 'P-256', 32],
    ['ES256K', 'P-256K', 32],
    ['ES384', 'P-384', 48],
    ['ES512', 'P-521', 64],
  ] as const)('%s', async (alg, crv, length) => {
    await ask('POST', `/keys/ec-${crv}/create`, { kty: 'EC-HSM', crv })
    const value = randomBytes(length)
    const { value: raw } = await call(`ec-${crv}/sign`, { alg, value })
    expect(raw.length).toBe(alg === 'ES512' ? 132 : 2 * length)
    const pem = await publicPem(`ec-${crv}`)
    const signature = Buffer.from(toEcdsaSigValue(raw))
    expect(verifies(pem, [], value, signature)).toBe(true)
    expect(verifies(pem, [], changed(value), signature)).toBe(false)
  })

  it.each(['HS256', 'HS384', 'HS512'])('%s', async (alg) => {
    for (const bits of sizes) {
      const value = Buffer.from('any message, not a digest')
      const { value: mac } = await call(`oct-${bits}/sign`, { alg, value })
      const key = ['-macopt', `hexkey:${octKeys[bits].toString('hex')}`]
      const theirs = opensslOutput(['mac', '-digest', `SHA${alg.slice(2)}`, ...key, '-in', 'value', 'HMAC'], { value })
      expect(theirs.toString().trim().toLowerCase()).toBe(mac.toString('hex'))
    }
  })
})

describe('openssl opens what the vault sealed, and the vault what openssl sealed', () => {
  it.each([
    ['RSA1_5', ['rsa_padding_mode:pkcs1']],
    ['RSA-OAEP', ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1', 'rsa_mgf1_md:sha1']],
    ['RSA-OAEP-256', ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256']],
  ])('%s', async (alg, options) => {
    const pem = await publicPem('rsa')
    const pkeyOptions = options.flatMap((option) => ['-pkeyopt', option])
    for (const [seal, open] of [
      ['encrypt', 'decrypt'],
      ['wrapkey', 'unwrapkey'],
    ]) {
      const value = randomBytes(32)
      const { value: sealed } = await call(`rsa/${seal}`, { alg, value })
      const decrypt = ['pkeyutl', '-decrypt', '-inkey', 'key.pem', '-in', 'sealed', ...pkeyOptions]
      expect(opensslOutput(decrypt, { 'key.pem': rsaPem, sealed })).toEqual(value)
      const encrypt = ['pkeyutl', '-encrypt', '-pubin', '-inkey', 'key.pem', '-in', 'value', ...pkeyOptions]
      const theirs = opensslOutput(encrypt, { 'key.pem': pem, value })
      expect((await call(`rsa/${open}`, { alg, value: theirs })).value).toEqual(value)
    }
  })

  const cipher = (direction: '-e' | '-d', name: string, key: Buffer, iv: Buffer, more: string[] = []) => {
    const args = ['enc', direction, name, '-K', key.toString('hex'), '-iv', iv.toString('hex'), '-in', 'data', ...more]
    return (data: Buffer) => opensslOutput(args, { data })
  }

  it.each(sizes)('AES-%i key wrap, with and without padding', async (bits) => {
    const key = octKeys[bits]
    const rows = [
      [`A${bits}KW`, `-id-aes${bits}-wrap`, 'a6a6a6a6a6a6a6a6', [16, 32, 48]],
      ['CKM_AES_KEY_WRAP', `-id-aes${bits}-wrap`, 'a6a6a6a6a6a6a6a6', [16, 32]],
      ['CKM_AES_KEY_WRAP_PAD', `-id-aes${bits}-wrap-pad`, 'a65959a6', [1, 8, 20, 32, 1217]],
    ] as const
    for (const [alg, name, iv, lengths] of rows)
      for (const length of lengths) {
        const value = randomBytes(length)
        const { value: wrapped } = await call(`oct-${bits}/wrapkey`, { alg, value })
        expect(cipher('-d', name, key, Buffer.from(iv, 'hex'))(wrapped), `${alg} ${length}`).toEqual(value)
        const theirs = cipher('-e', name, key, Buffer.from(iv, 'hex'))(value)
        expect((await call(`oct-${bits}/unwrapkey`, { alg, value: theirs })).value).toEqual(value)
      }
  })

  it.each(sizes)('AES-%i CBC, with and without padding', async (bits) => {
    const key = octKeys[bits]
    for (const [alg, more, length] of [
      [`A${bits}CBC`, ['-nopad'], 48],
      [`A${bits}CBCPAD`, [], 37],
    ] as const) {
      const [value, iv] = [randomBytes(length), randomBytes(16)]
      const sealed = await call(`oct-${bits}/encrypt`, { alg, value, iv })
      expect(sealed.iv).toEqual(iv)
      expect(cipher('-d', `-aes-${bits}-cbc`, key, iv, [...more])(sealed.value)).toEqual(value)
      const theirs = cipher('-e', `-aes-${bits}-cbc`, key, iv, [...more])(value)
      expect((await call(`oct-${bits}/decrypt`, { alg, value: theirs, iv })).value).toEqual(value)
    }
  })

  it.each(sizes)(
    'AES-%i GCM: its ciphertext as CTR from block 2, its tag over associated data as GMAC',
    async (bits) => {
      // The program does no authenticated mode as a whole; these are its two halves (NIST SP 800-38D, section 7.1).
      const [key, alg, value, aad] = [octKeys[bits], `A${bits}GCM`, randomBytes(100), randomBytes(30)]
      const sealed = await call(`oct-${bits}/encrypt`, { alg, value, aad })
      const counter = Buffer.concat([sealed.iv, Buffer.of(0, 0, 0, 2)])
      expect(cipher('-d', `-aes-${bits}-ctr`, key, counter)(sealed.value)).toEqual(value)
      const opened = await call(`oct-${bits}/decrypt`, {
        alg,
        value: sealed.value,
        iv: sealed.iv,
        tag: sealed.tag,
        aad,
      })
      expect(opened.value).toEqual(value)
      const empty = await call(`oct-${bits}/encrypt`, { alg, value: Buffer.alloc(0), aad })
      const options = [`cipher:AES-${bits}-GCM`, `hexkey:${key.toString('hex')}`, `hexiv:${empty.iv.toString('hex')}`]
      const mac = ['mac', ...options.flatMap((option) => ['-macopt', option]), '-in', 'aad', 'GMAC']
      expect(opensslOutput(mac, { aad }).toString().trim().toLowerCase()).toBe(empty.tag.toString('hex'))
    },
  )
})

it('openssl has seen every algorithm', () => {
  const all: AlgorithmName[] = Object.keys({ ...signatureAlgorithms, ...cipherAlgorithms }) as AlgorithmName[] // their keys
  expect([...tried].sort()).toEqual(all.sort())
})
