import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from '@/lib/crypto'
import { foundKey } from '@/lib/crypto/private-key/found-key-of'
import type { SymmetricNumbers } from '@/lib/crypto/private-key/private-numbers'
import { sampleCurves, sampleNumbers, sampleRsas, sampleSpki } from '@/lib/crypto/testing/sample-keys'
import { PRIVATE_JWK_LIMIT, readPrivateJwk, wipePrivateJwk } from './private-jwk'

const utf8 = (text: string) => new TextEncoder().encode(text)
const asJson = (value: unknown) => utf8(JSON.stringify(value))

async function jwkOf(name: Parameters<typeof sampleNumbers>[0]) {
  return (await foundKey(sampleNumbers(name))).toPrivateJwk()
}

describe('a private JWK as a found key writes it', () => {
  it.each([...sampleRsas, ...sampleCurves])('is read with its public facts: %s', async (name) => {
    const jwk = await jwkOf(name)
    const read = readPrivateJwk(asJson(jwk))
    expect(read).toMatchObject({ family: jwk.kty, sizeOrCurve: name.replace('RSA-', '') })
    expect(Buffer.from(read?.spki ?? [])).toEqual(Buffer.from(sampleSpki(name)))
    const { kty, ...members } = read?.key ?? { kty: 'none' }
    const texts = Object.entries(members).map(([member, value]) => [
      member,
      typeof value === 'string' ? value : encodeBase64Url(value),
    ])
    expect({ kty, ...Object.fromEntries(texts) }).toEqual(jwk)
  })

  it.each([16, 24, 32])('of %i symmetric bytes is read, and has no public half', async (length) => {
    const numbers: SymmetricNumbers = { kind: 'oct', bytes: crypto.getRandomValues(new Uint8Array(length)) }
    const read = readPrivateJwk(asJson((await foundKey(numbers)).toPrivateJwk()))
    expect(read).toMatchObject({ family: 'oct', sizeOrCurve: String(length * 8), spki: null })
  })

  it('is filled with zeros, every private member of it', async () => {
    for (const name of ['RSA-2048', 'P-521'] as const) {
      const read = readPrivateJwk(asJson(await jwkOf(name)))
      if (!read) throw new Error('not read')
      wipePrivateJwk(read.key)
      const { kty: _kty, ...members } = read.key
      const left = Object.entries(members).filter(
        ([, value]) => typeof value !== 'string' && value.some((byte) => byte !== 0),
      )
      expect(left.map(([member]) => member)).toEqual(name === 'P-521' ? ['x', 'y'] : ['n', 'e'])
    }
  })

  it('is left-padded where its writer left zeros out', async () => {
    const jwk = await jwkOf('P-256')
    const short = { ...jwk, d: encodeBase64Url(new Uint8Array([7])) }
    expect(readPrivateJwk(asJson(short))?.key).toMatchObject({ d: new Uint8Array(32).fill(7, 31) })
  })
})

describe('refuses, without a word on what is wrong,', () => {
  it.each([
    ['a member more', async () => ({ ...(await jwkOf('P-256')), use: 'sig' })],
    ['a member less', async () => ({ ...(await jwkOf('RSA-2048')), qi: undefined })],
    ['the type of a vault', async () => ({ ...(await jwkOf('P-256')), kty: 'EC-HSM' })],
    ['another curve’s name', async () => ({ ...(await jwkOf('P-256K')), crv: 'secp256k1' })],
    ['a point that is not on the curve', async () => ({ ...(await jwkOf('P-256')), crv: 'P-256K' })],
    ['a member that is too long', async () => ({ ...(await jwkOf('P-256')), d: 'A'.repeat(64) })],
    ['an empty member', async () => ({ ...(await jwkOf('P-256')), d: '' })],
    ['a member that is no text', async () => ({ ...(await jwkOf('P-256')), d: 7 })],
    ['base64 of the other alphabet', async () => ({ kty: 'oct', k: '+'.repeat(43) })],
    ['17 symmetric bytes', async () => ({ kty: 'oct', k: encodeBase64Url(new Uint8Array(17)) })],
    [
      'RSA of 1024 bits',
      async () => ({ ...(await jwkOf('RSA-2048')), n: encodeBase64Url(new Uint8Array(128).fill(255)) }),
    ],
    ['a list', async () => [await jwkOf('P-256')]],
    ['nothing', async () => null],
  ])('%s', async (_title, make) => {
    expect(readPrivateJwk(asJson(await make()))).toBeNull()
  })

  it('a member twice, text that is not UTF-8, and more than there is room for', async () => {
    expect(readPrivateJwk(utf8(`{"kty":"oct","k":"${'A'.repeat(43)}","k":"${'B'.repeat(43)}"}`))).toBeNull()
    expect(readPrivateJwk(new Uint8Array([0x7b, 0xff, 0x7d]))).toBeNull()
    expect(readPrivateJwk(utf8(`${JSON.stringify(await jwkOf('P-256'))}${' '.repeat(PRIVATE_JWK_LIMIT)}`))).toBeNull()
  })

  it('whatever else there may be: it never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readPrivateJwk(bytes) === null))
    fc.assert(fc.property(fc.json(), (text) => readPrivateJwk(utf8(text)) === null))
  })
})
