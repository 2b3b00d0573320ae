import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from '../base64'
import { encodeHex } from '../hex'
import { sampleCurves, sampleJwk, sampleNumbers, samplePkcs8, sampleRsas } from '../testing/sample-keys'
import { jwkThumbprint } from '../thumbprint'
import { foundKey } from './found-key-of'

const withoutLeadingZeros = (text: string) => encodeHex(decodeBase64Url(text)).replace(/^(00)+/, '')
const names = [...sampleRsas, ...sampleCurves]

describe('a sound key', () => {
  it.each(names)('%s has OpenSSL’s PKCS#8, byte for byte', async (name) => {
    const key = await foundKey(sampleNumbers(name), { name: 'signing' })
    expect(encodeHex(key.material)).toBe(encodeHex(samplePkcs8(name)))
    expect(key).toMatchObject({ name: 'signing', sizeOrCurve: name.replace('RSA-', ''), warnings: [] })
  })

  it.each(names)('%s has the private JWK in the vault’s dialect, and no more of it once wiped', async (name) => {
    const key = await foundKey(sampleNumbers(name))
    const jwk: Record<string, string> = key.toPrivateJwk()
    const { kty, crv, ...members } = sampleJwk(name)
    expect(Object.keys(jwk).sort()).toEqual(Object.keys(sampleJwk(name)).sort())
    expect([jwk.kty, jwk.crv]).toEqual([kty, crv && name])
    for (const [member, value] of Object.entries(members)) {
      // Node drops the leading zeros of RSA's numbers: two of the samples have a short one.
      expect(withoutLeadingZeros(jwk[member] ?? '')).toEqual(withoutLeadingZeros(value))
    }
    key.wipe()
    expect(key.material.every((byte) => byte === 0)).toBe(true)
    expect(() => key.toPrivateJwk()).toThrow(expect.objectContaining({ code: 'key-wiped' }))
  })

  it.each(sampleRsas)('%s has private members of full length', async (name) => {
    const jwk: Record<string, string> = (await foundKey(sampleNumbers(name))).toPrivateJwk()
    const bytes = Number(name.replace('RSA-', '')) / 8
    expect(decodeBase64Url(jwk.d ?? '').length).toBe(bytes)
    for (const member of ['p', 'q', 'dp', 'dq', 'qi']) expect(decodeBase64Url(jwk[member] ?? '').length).toBe(bytes / 2)
  })

  it.each(names)('%s shows its public half and what to compare it by', async (name) => {
    const key = await foundKey(sampleNumbers(name))
    const { kty, n, e, crv, x, y } = sampleJwk(name)
    expect(key.publicJwk).toEqual(kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y })
    expect(key.thumbprints.jwk).toBe(await jwkThumbprint({ ...sampleJwk(name) }))
    expect(key.thumbprints.spkiSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(key.kcv).toBeUndefined()
  })

  it.each([16, 24, 32])('of %i bytes has check values and no thumbprint', async (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    const k = encodeBase64Url(bytes)
    const key = await foundKey({ kind: 'oct', bytes })
    expect(key).toMatchObject({
      kind: 'oct',
      sizeOrCurve: `${8 * length}`,
      thumbprints: {},
      warnings: ['no-redundancy'],
    })
    expect(key.toPrivateJwk()).toEqual({ kty: 'oct', k })
  })
})
