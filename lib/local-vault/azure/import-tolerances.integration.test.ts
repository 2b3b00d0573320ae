import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildBlob, type KekJwk, sealFor } from '../testing/build-transfer-blob'
import { startTestVault, type TestVault } from '../testing/start-test-vault'

// What shipping tools send, in each of its spellings, is imported as the same key.

let vault: TestVault
let kek: KekJwk
beforeAll(async () => {
  vault = await startTestVault()
  kek = (await vault.raw('POST', '/keys/kek/create', { kty: 'RSA-HSM', key_ops: ['import'] })).body.key
})
afterAll(() => vault.stop())

const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' })
const { x } = pair.publicKey.export({ format: 'jwk' })

/** One ciphertext whose base64 holds what tells the two alphabets apart, and needs padding. */
function ciphertext(): Buffer {
  for (;;) {
    const sealed = sealFor(kek, der)
    if (/[+/]/.test(sealed.toString('base64'))) return sealed
  }
}

const encodings: Record<string, (bytes: Buffer) => string> = {
  'base64url without padding, as the SDKs': (bytes) => bytes.toString('base64url'),
  'base64url with padding': (bytes) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  'standard base64 with padding': (bytes) => bytes.toString('base64'),
  'standard base64 without padding': (bytes) => bytes.toString('base64').replace(/=+$/, ''),
}

const files: Record<string, (strict: string) => string> = {
  'JSON on one line': (strict) => strict,
  'a line end behind it, as az reads a file': (strict) => `${strict}\n`,
  'a byte order mark before it': (strict) => `\uFEFF${strict}`,
  'white space in it': (strict) => JSON.stringify(JSON.parse(strict), null, '\t'),
  'Windows line ends': (strict) => JSON.stringify(JSON.parse(strict), null, 2).replaceAll('\n', '\r\n'),
  'members in another order, and more of them': (strict) => {
    const { schema_version, header, ciphertext: text } = JSON.parse(strict)
    const { kid, alg, enc } = header
    return JSON.stringify({ ciphertext: text, more: 1, header: { enc, alg, kid, by: 'x' }, schema_version })
  },
  'no generator': (strict) => JSON.stringify({ ...JSON.parse(strict), generator: undefined }),
  'single quotes': (strict) => strict.replaceAll('"', "'"),
  'a comma behind the last member': (strict) => strict.replace(/\}$/, ',}'),
  'names without quotes': (strict) => strict.replace(/"(\w+)":/g, '$1:'),
}

const blob = (encode = encodings['base64url without padding, as the SDKs']) =>
  buildBlob(kek.kid, Buffer.alloc(0), { ciphertext: encode?.(ciphertext()) }).toString('utf8')
const keyWith = (keyHsm: string) => ({ kty: 'EC-HSM', crv: 'P-256', key_ops: ['sign', 'verify'], key_hsm: keyHsm })

describe('key_hsm', () => {
  it.each(Object.entries(files))('its file may be: %s', async (_what, change) => {
    const file = Buffer.from(change(blob()))
    const { status, body } = await vault.raw('PUT', '/keys/file', { key: keyWith(file.toString('base64url')) })
    expect([status, body.key?.x]).toEqual([200, x])
  })

  it.each(Object.entries(encodings))('the file, and the ciphertext in it, may be in %s', async (_what, encode) => {
    for (const [inner, outer] of [
      [encode, encodings['base64url without padding, as the SDKs']],
      [undefined, encode],
      [encode, encode],
    ]) {
      const { status, body } = await vault.raw('PUT', '/keys/encoded', {
        key: keyWith(outer?.(Buffer.from(blob(inner))) ?? ''),
      })
      expect([status, body.key?.x]).toEqual([200, x])
    }
  })

  it.each<[string, (text: string) => string]>([
    ['line ends inside the base64', (text) => text.replace(/(.{76})/g, '$1\n')],
    ['hexadecimal', (text) => `0x${Buffer.from(text, 'base64url').toString('hex')}`],
    ['both at once, twice', (text) => Buffer.from(text).toString('base64url')],
    ['half of the file', (text) => text.slice(0, text.length / 2)],
  ])('is refused: %s', async (_what, change) => {
    const keyHsm = change(Buffer.from(blob()).toString('base64url'))
    const { status, body } = await vault.raw('PUT', '/keys/refused', { key: keyWith(keyHsm) })
    expect([status, body.error.code]).toEqual([400, 'BadParameter'])
  })
})

describe('the request around it', () => {
  const keyHsm = () => Buffer.from(blob()).toString('base64url')

  it.each<[string, object, string]>([
    ['without the flag', {}, 'EC-HSM'],
    ['Hsm: false beside an HSM type, as az', { Hsm: false }, 'EC-HSM'],
    ['Hsm: true', { Hsm: true }, 'EC-HSM'],
    ['hsm: true', { hsm: true }, 'EC-HSM'],
    ['HSM: true', { HSM: true }, 'EC-HSM'],
  ])('%s', async (_what, flag, kty) => {
    for (const [method, path] of [
      ['PUT', '/keys/flag'],
      ['POST', '/keys/flag/import'],
      ['PUT', '//Keys/flag/'],
    ] as const) {
      const { status, body } = await vault.raw(method, path, { ...flag, key: keyWith(keyHsm()) })
      expect([status, body.key?.kty, body.key?.x]).toEqual([200, kty, x])
    }
  })

  it.each([
    ['Hsm', 'EC-HSM', '2'],
    ['hsm', 'EC-HSM', '2'],
    [undefined, 'EC', '0'],
  ])('a software type with the flag %s', async (name, kty, platform) => {
    const { status, body } = await vault.raw('PUT', '/keys/software', {
      ...(name && { [name]: true }),
      key: { ...keyWith(keyHsm()), kty: 'EC' },
    })
    expect([status, body.key.kty, body.attributes.hsmPlatform]).toEqual([200, kty, platform])
  })

  it('may be single-quoted as a whole, as one plugin sends it', async () => {
    const text = `{'key':{'kty':'EC-HSM','crv':'P-256','key_hsm':'${Buffer.from(blob().replaceAll('"', "'")).toString('base64')}'}}`
    const { status, body } = await vault.raw('PUT', '/keys/plugin', undefined, { text })
    expect([status, body.key?.x]).toEqual([200, x])
  })

  it('may name its members in any case, and hold null for what is not given', async () => {
    const { key_hsm, ...rest } = keyWith(keyHsm())
    const body = { Key: { ...rest, KEY_HSM: key_hsm, k: null }, Attributes: null, tags: null, release_policy: null }
    expect((await vault.raw('PUT', '/keys/any-case', body)).status).toBe(200)
  })
})
