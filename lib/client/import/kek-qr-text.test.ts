import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { kekQrText, readKekQrText } from './kek-qr-text'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'

describe("the transfer sheet's QR code", () => {
  it('names its format and version, with a kid that stands for itself after decoding', () => {
    const text = kekQrText(kid, 'MIIB-_8')
    expect(text).toBe(
      'drawbridge-kek:1?kid=https%3A%2F%2Fcontoso.vault.azure.net%2Fkeys%2Fkek%2F0123456789abcdef0123456789abcdef&spki=MIIB-_8',
    )
    const query = new URLSearchParams(text.slice(text.indexOf('?')))
    expect(query.get('kid')).toBe(kid)
  })

  it('fits a code even for a 4096-bit KEK', () => {
    // 550 bytes of SubjectPublicKeyInfo are 734 characters of base64url.
    expect(() => encode(kekQrText(kid, 'A'.repeat(734)), { ecc: 'M' })).not.toThrow()
  })

  it('is read back as it was written, also broken into lines', () => {
    const text = kekQrText(kid, 'MIIB-_8')
    const read = { kid, spki: Uint8Array.of(0x30, 0x82, 0x01, 0xfb, 0xff) }
    expect(readKekQrText(text)).toEqual(read)
    expect(readKekQrText(` ${text.replace(/(.{20})/g, '$1\r\n')}\n`)).toEqual(read)
  })

  it.each([
    'drawbridge-kek:2?kid=a&spki=AAAA',
    'drawbridge-kek:1?kid=a',
    'drawbridge-kek:1?spki=AAAA',
    'drawbridge-kek:1?kid=a&kid=b&spki=AAAA',
    'drawbridge-kek:1?kid=a&spki=AAAA&spki=BBBB',
    'drawbridge-kek:1?kid=a&spki=AA+A',
    'drawbridge-kek:1?kid=a&spki=A',
    'https://contoso.example/?kid=a&spki=AAAA',
  ])('is not read from %s', (text) => {
    expect(readKekQrText(text)).toBeUndefined()
  })
})
